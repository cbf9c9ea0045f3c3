"""How many customers there are by segment, age band, market and tag. Nothing of any one of them is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.errors import InputError, UnknownId
from assistant.playbook.database import connect, local, rows
from assistant.playbook.lists import LISTED, numbered, people_of
from assistant.playbook.origins import origins
from assistant.playbook.problems import BadRow, Reading
from assistant.playbook.source import Slice, fill
from assistant.playbook.tables import CUSTOMERS

BY = ("segment", "age", "market", "tag")
FEWEST = 5
"""Fewer are not counted out: who knows one of them would learn of the others."""
Groups = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ListSizes:
    """What a list of customers comes to: how many, by segment and by age; which rows are left out, and how many."""

    customers: int | str
    segments: Groups
    ages: Groups
    left_out: int
    problems: Sequence[BadRow]


def sizes(
    pack: Pack, place: Path | str | None, now: dt.datetime, by: Sequence[str], where: Mapping[str, str]
) -> Groups:
    """Groups of customers with their sizes: a number, or `<5`. A customer counts once for each of their tags.

    `by`: what tells the groups apart, of BY; `where`: only customers with these. Raises InputError where no customers
    are named, UnknownId, FileError.
    """
    return sizes_by(pack, place, now, (by,), where)[0]


def sizes_by(
    pack: Pack, place: Path | str | None, now: dt.datetime, apart: Sequence[Sequence[str]], where: Mapping[str, str]
) -> list[Groups]:
    """As `sizes`, told apart in several ways, with the customers read once for all of them. Raises as it does."""
    if place is None:
        raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
    for by in apart:
        _known(pack, by, where)
    database = connect(pack.institution.timezone)
    try:
        moment = _moment(pack, now)
        origin = origins(database, Path(place))["customers"]
        fill(database, "customers", CUSTOMERS, origin, Slice((), moment, "true", told=False, whole=False), Reading())
        _people(database, pack, moment)
        return [_groups(database, by, where) for by in apart]
    finally:
        database.close()


def sizes_of_list(pack: Pack, place: Path | str | None, given: Path, now: dt.datetime) -> ListSizes:
    """The sizes of a list that somebody hands over; what it does not say of a customer is looked up in the
    institution's table at `place`, where there is one. Raises FileError, InputError."""
    database = connect(pack.institution.timezone)
    try:
        moment, reading = _moment(pack, now), Reading()
        own = origins(database, Path(place))["customers"] if place is not None else None
        origin = numbered(people_of(database, own, given, reading))
        fill(database, "customers", LISTED, origin, Slice((), moment, "true", told=True, whole=True), reading)
        _people(database, pack, moment)
        customers = told(int(rows(database, "select count(*) from known")[0][0]))
        segments, ages = (_groups(database, (by,), {}) for by in ("segment", "age"))
        return ListSizes(customers, segments, ages, _left_out(reading), tuple(reading.problems))
    finally:
        database.close()


def told(size: int) -> int | str:
    """A size as it may be told."""
    return size if size >= FEWEST else f"<{FEWEST}"


def _left_out(reading: Reading) -> int:
    """A row that has two faults is one row."""
    return len({one.row for one in reading.problems if one.row}) + sum(one.rows for one in reading.problems)


def _groups(database: duckdb.DuckDBPyConnection, by: Sequence[str], where: Mapping[str, str]) -> Groups:
    columns = ", ".join(by)
    tags = ", unnest(tags) as t(tag)" if "tag" in by else ""
    wanted = [f"list_contains(tags, ${n})" if key == "tag" else f"{key} = ${n}" for n, key in enumerate(where, 1)]
    condition = " and ".join([*wanted, *(["tag <> ''"] if tags else [])]) or "true"
    query = f"select {columns}, count(*) from known{tags} where {condition} group by all order by all"
    found = rows(database, query, list(where.values()))
    return [{**dict(zip(by, row[:-1], strict=True)), "size": told(int(row[-1]))} for row in found]


def _moment(pack: Pack, now: dt.datetime) -> str:
    return f"timestamp '{local(now, pack.institution.timezone)}'"


def _people(database: duckdb.DuckDBPyConnection, pack: Pack, moment: str) -> None:
    """The table `known`: a row a customer, with what groups go by."""
    database.execute("create table bands(band varchar, low integer, high integer)")
    database.executemany(
        "insert into bands values (?, ?, ?)", [[own, one.start, one.until or 999] for own, one in pack.ages.items()]
    )
    database.execute("create table homes(spoken varchar, home varchar)")
    homes = [[locale, pack.home_market(locale)] for locale in pack.locales]
    database.executemany("insert into homes values (?, ?)", homes)
    database.execute(
        f"""create table known as select c.segment, bands.band as age, coalesce(c.market, homes.home) as market,
            coalesce(c.tags, []) as tags
        from (select distinct on (customer_id) * from customers order by customer_id, hash(customers)) c
        left join bands on date_sub('year', c.birth_date, {moment}::date) between bands.low and bands.high
        left join homes on homes.spoken = coalesce(c.locale, '{pack.locales[0]}')"""
    )


def _known(pack: Pack, by: Sequence[str], where: Mapping[str, str]) -> None:
    for one in by:
        if one not in BY:
            raise UnknownId("group of customers", one, BY)
    tables: dict[str, tuple[str, Mapping[str, Any]]] = {
        "segment": ("segment", pack.segments),
        "age": ("age band", pack.ages),
        "market": ("market", pack.institution.markets),
    }
    for key, value in where.items():
        if key in tables and value not in tables[key][1]:
            raise UnknownId(tables[key][0], value, tables[key][1])
