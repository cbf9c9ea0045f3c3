"""How many customers there are by segment, age band, market and tag. Nothing of any one of them is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.errors import InputError, UnknownId
from assistant.playbook.database import connect, local, rows
from assistant.playbook.origins import origins
from assistant.playbook.problems import Reading
from assistant.playbook.source import Slice, fill
from assistant.playbook.tables import CUSTOMERS

BY = ("segment", "age", "market", "tag")
FEWEST = 5
"""Fewer are not counted out: who knows one of them would learn of the others."""


def sizes(
    pack: Pack, place: Path | str | None, now: dt.datetime, by: Sequence[str], where: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Groups of customers with their sizes: a number, or `<5`. A customer counts once for each of their tags.

    `by`: what tells the groups apart, of BY; `where`: only customers with these. Raises InputError where no customers
    are named, UnknownId, FileError.
    """
    if place is None:
        raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
    _known(pack, by, where)
    database = connect(pack.institution.timezone)
    try:
        _people(database, pack, Path(place), local(now, pack.institution.timezone))
        columns = ", ".join(by)
        tags = ", unnest(tags) as t(tag)" if "tag" in by else ""
        wanted = [f"list_contains(tags, ${n})" if key == "tag" else f"{key} = ${n}" for n, key in enumerate(where, 1)]
        condition = " and ".join([*wanted, *(["tag <> ''"] if tags else [])]) or "true"
        query = f"select {columns}, count(*) from known{tags} where {condition} group by all order by all"
        found = rows(database, query, list(where.values()))
    finally:
        database.close()
    return [{**dict(zip(by, row[:-1], strict=True)), "size": told(int(row[-1]))} for row in found]


def told(size: int) -> int | str:
    """A size as it may be told."""
    return size if size >= FEWEST else f"<{FEWEST}"


def _people(database: duckdb.DuckDBPyConnection, pack: Pack, place: Path, now: dt.datetime) -> None:
    """The view `known`: a row a customer, with what groups go by."""
    origin = origins(database, place)["customers"]
    moment = f"timestamp '{now}'"
    fill(database, "customers", CUSTOMERS, origin, Slice((), moment, "true", told=False, whole=False), Reading())
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
