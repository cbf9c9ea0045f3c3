"""Whether the SQL of a pack can run and touches nothing but its row: on empty tables, and on the pack's sample."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.errors import InputError, Problem
from assistant.packs.loader import Reading as Places
from assistant.playbook.database import Clock, clock_of, connect, lock, rows
from assistant.playbook.firing import measure, measured, query
from assistant.playbook.people import prepare
from assistant.playbook.problems import BadRow, Reading, merged
from assistant.playbook.source import load
from assistant.playbook.standing import silenced
from assistant.playbook.tables import PARSED, SHAPES

AS_OF = dt.datetime(2026, 1, 5, 9, 0)
_REFUSED = {"SUBQUERY": "a subquery", "WINDOW": "a window over other rows"}
Fault = tuple[str, str, str, str, str]
"""Section, id, key, what is wrong, the mend."""


def condition_problems(pack: Pack, reading: Places) -> Iterator[Problem]:
    """The faults on empty tables, each at its file and line."""
    yield from (_problem(reading, *one) for one in faults(pack))


def sample_problems(pack: Pack, reading: Places) -> Iterator[Problem]:
    """The faults on the pack's sample, and the sample's bad rows; none where the pack has no sample."""
    if not (folder := Path(pack.root) / "sample").is_dir():
        return
    try:
        found, bad = on_sample(pack, folder)
    except InputError as error:
        yield Problem("sample", 1, error.what, error.mend)
        return
    yield from (_problem(reading, *one) for one in found)
    for row in bad:
        yield Problem(f"sample/{row.file}", row.row or 1, f"{row.column}: {row.what}", "mend the row")


def _problem(reading: Places, section: str, own: str, key: str, what: str, mend: str) -> Problem:
    file, line = reading.at(section, own, key) if own else (f"{section}.yaml", 1)
    return Problem(file, line, f"{own or section}: {key}: {what}", mend)


def faults(pack: Pack) -> Iterator[Fault]:
    """Every expression of a trigger, measure or silence that cannot run, or looks beyond one customer."""
    clock, parser = clock_of(pack, AS_OF), duckdb.connect(":memory:")
    found = False
    for section, own, key, sql in _expressions(pack):
        if what := reaching(parser, clock.said(sql)):
            found = True
            yield section, own, key, what, "look at one customer's row; what is counted of the past is a measure"
    parser.close()
    if found:
        return
    database = empty(pack)
    try:
        yield from _running(database, pack, clock)
    finally:
        database.close()


def reaching(parser: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What makes a text no plain expression over a row; empty where it is one."""
    told = json.loads(parser.execute("select json_serialize_sql(?)", [f"select ({sql})"]).fetchall()[0][0])
    if told["error"]:
        return f"it is no SQL: {told['error_message']}"
    statements = told["statements"]
    node = statements[0]["node"]
    plain = len(statements) == 1 and node["type"] == "SELECT_NODE" and len(node["select_list"]) == 1
    if not plain or node["from_table"]["type"] != "EMPTY":
        return "it is more than one expression"
    return next(_beyond(node["select_list"]), "")


def _beyond(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("class") in _REFUSED:
            yield f"it holds {_REFUSED[node['class']]}"
        for value in node.values():
            yield from _beyond(value)
    elif isinstance(node, list):
        for value in node:
            yield from _beyond(value)


def empty(pack: Pack) -> duckdb.DuckDBPyConnection:
    """A locked database with the three tables and nothing in them."""
    database = connect(pack.institution.timezone)
    for table, shape in SHAPES.items():
        columns = ", ".join(f'"{name}" {PARSED if kind == "JSON" else kind}' for name, kind in shape.columns.items())
        database.execute(f"create table {table}({columns})")
    prepare(database, pack, clock_of(pack, AS_OF), Reading())
    lock(database)
    return database


def on_sample(pack: Pack, folder: Path) -> tuple[list[Fault], Sequence[BadRow]]:
    """What cannot run over the sample's own tables, every event of theirs a cause; and their bad rows.

    Raises InputError where a table is missing.
    """
    database = connect(pack.institution.timezone)
    try:
        reading = load(database, folder, "timestamp '2999-12-31'")
        first, last = rows(database, 'select min("at"), max("at") from events')[0]
        clock = clock_of(pack, last or AS_OF, first)
        prepare(database, pack, clock, reading)
        lock(database)
        return list(_running(database, pack, clock)), merged([reading]).problems
    finally:
        database.close()


def _running(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock) -> Iterator[Fault]:
    for own, one in pack.measures.items():
        if what := _refused(database, measured(pack, clock, one.per, [own]), f"drop table {one.per}"):
            yield "measures", own, "sql", what, "docs/playbook.md lists the columns of an event"
            return
    measure(database, pack, clock)
    for own, trigger in pack.triggers.items():
        if what := _refused(database, query(trigger, clock)):
            yield "triggers", own, "when", what, "docs/playbook.md lists the columns of c, e, h and the measures"
    database.execute("create temp table asked as select customer_id from people")
    if what := _refused(database, *silenced(pack, clock)):
        yield "contact", "", "silences", what, "docs/playbook.md lists the columns of c and the measures"


def _refused(database: duckdb.DuckDBPyConnection, *statements: str) -> str:
    """What DuckDB says against statements; empty where it runs them."""
    try:
        for statement in statements:
            database.execute(statement)
    except duckdb.Error as error:
        return f"the condition cannot run: {str(error).splitlines()[0]}"
    return ""


def _expressions(pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    for own, trigger in pack.triggers.items():
        for key in ("when", "cause", "moment", "value"):
            if sql := getattr(trigger, key):
                yield "triggers", own, key, sql
    for own, one in pack.measures.items():
        yield "measures", own, "sql", one.sql
    for silence in pack.contact.silences if pack.contact else ():
        yield "contact", "", "silences", silence.when
