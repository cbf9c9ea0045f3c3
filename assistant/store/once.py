"""What stands between two who write the same at once, on a database where writers do not queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from zlib import crc32

from sqlalchemy import Connection, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

Part = Literal["migrate", "actions", "recalled"]


def once(connection: Connection, table: Table) -> Insert:
    """An insert that leaves a row alone whose key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def put_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Keep one row, unless its key is there already; whether it was new."""
    new = once(connection, table).values(**row).returning(*table.primary_key.columns)
    return connection.execute(new).first() is not None


def put_all_once(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the rows whose key is not there yet."""
    if rows:
        connection.execute(once(connection, table), list(rows))


def alone(connection: Connection, part: Part) -> None:
    """Wait until nobody else is in a part of the store, and hold it until the transaction is over.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(crc32(f"copydesk.{part}".encode()))))
