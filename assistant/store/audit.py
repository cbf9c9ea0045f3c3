"""The audit in the database: rows are added at the chain's one end, and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.domain.audit import GENESIS, Entry, linked
from assistant.store.database import Database
from assistant.store.desk_tables import audit, chain
from assistant.store.once import put_once

_PAGE = 2000


def append(connection: Connection, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> Entry:
    """Add a row within a transaction. Whoever adds one holds the chain's end until the transaction is over."""
    head = connection.execute(select(chain.c.seq, chain.c.hash).where(chain.c.id == 1).with_for_update()).first()
    if head is None:
        put_once(connection, chain, {"id": 1, "seq": 0, "hash": GENESIS})
        head = connection.execute(select(chain.c.seq, chain.c.hash).where(chain.c.id == 1).with_for_update()).one()
    entry = linked(head.seq, head.hash, at, who, act, subject, body)
    row = {**entry.model_dump(), "at": entry.at.astimezone(dt.UTC).isoformat()}
    connection.execute(audit.insert().values(**row))
    connection.execute(chain.update().where(chain.c.id == 1).values(seq=entry.seq, hash=entry.hash))
    return entry


class AuditStore:
    """Reads the audit, and adds what is no decision: who signed in, who looked at what, what was exported."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> Entry:
        """Add a row in a transaction of its own."""
        with self._database.begin() as connection:
            return append(connection, at, who, act, subject, body)

    def rows(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Every row after one, in order, read in pages; of one subject only, where named."""
        while True:
            query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_PAGE)
            if subject is not None:
                query = query.where(audit.c.subject == subject)
            with self._database.reading() as connection:
                found = connection.execute(query).all()
            yield from map(_entry, found)
            if len(found) < _PAGE:
                return
            after = found[-1].seq

    def head(self) -> tuple[int, str] | None:
        """The last row's number and hash; None before the first."""
        with self._database.reading() as connection:
            row = connection.execute(select(chain.c.seq, chain.c.hash).where(chain.c.id == 1)).first()
        return (row.seq, row.hash) if row is not None and row.seq else None


def _entry(row: Row[Any]) -> Entry:
    return Entry.model_validate(dict(row._mapping))
