"""How much of everything the desk keeps, for those who watch it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, String, Table, cast, func, select

from assistant.store.database import Database
from assistant.store.desk_tables import chain, decisions, items
from assistant.store.schema import actions, calls, cells, drafts

By = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of rows by what tells them apart. `drafts` go by writer and verdict, the others by their one word."""

    drafts: By
    cells: By
    decisions: By
    texts: By
    actions: By
    faults: By
    calls: int
    audited: int


class Counts:
    """Counts what is kept, of every process that shares the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> Counted:
        """All counts, of one moment."""
        with self._database.reading() as connection:
            return Counted(
                drafts=_writers(_by(connection, drafts, drafts.c.writer, drafts.c.verdict)),
                cells=_by(connection, cells, cells.c.status),
                decisions=_by(connection, decisions, decisions.c.act),
                texts=_by(connection, items, items.c.state),
                actions=_by(connection, actions, actions.c.state),
                faults=_faults(connection),
                calls=connection.execute(select(func.count()).select_from(calls)).scalar_one(),
                audited=connection.execute(select(func.coalesce(func.max(chain.c.seq), 0))).scalar_one(),
            )


def _by(connection: Connection, table: Table, *columns: ColumnElement[str]) -> By:
    query = select(*columns, func.count()).select_from(table).group_by(*columns)
    return {tuple(map(str, row[:-1])): int(row[-1]) for row in connection.execute(query)}


def _writers(found: By) -> By:
    """Drafts that people wrote are counted as one: who wrote them is nothing to watch."""
    told: Counter[tuple[str, ...]] = Counter()
    for (writer, verdict), count in found.items():
        told[("person" if writer.startswith("person:") else writer, verdict)] += count
    return told


def _faults(connection: Connection) -> By:
    told: Counter[tuple[str, ...]] = Counter()
    query = select(cells.c.faults).where(cast(cells.c.faults, String) != "[]")
    for row in connection.execute(query):
        told.update((str(fault),) for fault in row.faults)
    return told
