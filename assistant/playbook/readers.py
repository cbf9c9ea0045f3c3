"""Whom an export is for: customers one after another, with what the checks and the texts need of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.playbook.database import clock_of, connect
from assistant.playbook.lists import LISTED, numbered, people_of
from assistant.playbook.origins import Origin, origins
from assistant.playbook.problems import BadRow, Reading
from assistant.playbook.scan import opened
from assistant.playbook.source import Slice, fill, managers
from assistant.playbook.standing import silenced
from assistant.playbook.tables import EVENTS, HOLDINGS

_PAGE = 1000
_QUERY = """
    select c.row, customer_id, c.name, sex, age, segment, risk_rating, risk_assessed_at::date, marketing_consent,
        professional, locale, market, preferred_channel, tags, coalesce(m.name, rm_id), held.ids,
        {first} from people c left join managers m using (rm_id)
        left join silent held using (customer_id) {touched} order by c.row"""


@dataclass(frozen=True, slots=True)
class Reader:
    """A customer who is to be written to. `row` counts from 1 in their list, a heading included; None is unknown.

    `silences`: ids of the states in which nothing is sold to them; `first_contact`: nothing was ever sent to them.
    """

    row: int
    customer: str
    name: str
    sex: str
    age: int | None
    segment: str | None
    risk: str | None
    assessed_on: dt.date | None
    consent: bool | None
    professional: bool | None
    locale: str | None
    market: str | None
    preferred: str | None
    tags: frozenset[str]
    manager: str | None
    silences: tuple[str, ...]
    first_contact: bool | None


@dataclass(frozen=True)
class Readers:
    """An open list: the rows that cannot be used, and the customers as an iterator that reads them page by page."""

    problems: Sequence[BadRow]
    found: Iterator[Reader]


@contextmanager
def readers(
    pack: Pack, place: Path | str | None, chosen: Path | None, now: dt.datetime, refused: frozenset[str]
) -> Iterator[Readers]:
    """The customers of the institution's tables at `place`, of a list `chosen`, or of those tables that a list names.

    `now`: when it is sent (naive, local); `refused`: who asked here not to be contacted. Raises FileError, InputError.
    """
    if place is None and chosen is None:
        raise InputError("No customers are named.", "Name a list, or set COPYDESK_DATA to a folder or a DuckDB file.")
    database = connect(pack.institution.timezone)
    try:
        reading = Reading()
        known = _fill(database, place, chosen, f"timestamp '{now}'", reading)
        clock = clock_of(pack, now)
        opened(database, pack, clock, reading, refused)
        database.execute("create temp table asked as select customer_id from customers")
        counting, query = silenced(pack, clock)
        database.execute(counting)
        database.execute(f"create temp table silent(customer_id, ids) as {query}")
        database.execute(
            "create temp table touched as select customer_id, count(*) as touches from happened"
            " where kind = 'touch_sent' group by all"
        )
        yield Readers(tuple(reading.problems), _found(database, known))
    finally:
        database.close()


def _fill(
    database: duckdb.DuckDBPyConnection, place: Path | str | None, chosen: Path | None, now: str, reading: Reading
) -> bool:
    """Make the tables; returns whether the institution's events are among them."""
    tables = origins(database, Path(place)) if place is not None else {}
    people = tables.get("customers")
    if chosen is not None:
        people = people_of(database, people, chosen, reading)
    assert people is not None
    everybody = Slice((), now, "true", told=True, whole=True)
    fill(database, "customers", LISTED, numbered(people), everybody, reading)
    for table, shape in (("holdings", HOLDINGS), ("events", EVENTS)):
        if table in tables:
            fill(database, table, shape, tables[table], everybody, reading)
        else:
            empty = ", ".join(f'null::varchar as "{name}"' for name in shape.columns)
            fill(database, table, shape, Origin(f"(select {empty} where false)", table, 1), everybody, reading)
    managers(database, Path(place) if place is not None else None)
    return "events" in tables


def _found(database: duckdb.DuckDBPyConnection, known: bool) -> Iterator[Reader]:
    first = "coalesce(t.touches, 0) = 0" if known else "null::boolean"
    query = _QUERY.format(first=first, touched="left join touched t using (customer_id)")
    cursor = database.execute(query)
    while page := cursor.fetchmany(_PAGE):
        yield from map(_reader, page)


def _reader(row: tuple[Any, ...]) -> Reader:
    told = dict(zip(Reader.__slots__, row, strict=True))
    texts = {name: told[name] or "" for name in ("name", "sex")}
    lists = {"tags": frozenset(told["tags"] or ()), "silences": tuple(told["silences"] or ())}
    return Reader(**{**told, **texts, **lists})
