"""Ids that begin like one that nobody has: what its writer may have meant."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, select, true

_SHOWN = 50
_ALIKE = 3
"""Characters that must be the same."""


def near(
    connection: Connection, column: Column[Any], given: str, where: ColumnElement[bool] | None = None
) -> list[str]:
    """Some values of an indexed column that begin like `given`, in order; of the rows of `where` alone.

    A range and no LIKE, which ignores case in SQLite and so reads every row.
    """
    begin = given[:_ALIKE]
    query = select(column).where(column >= begin, true() if where is None else where).order_by(column).limit(_SHOWN)
    return [found for found in connection.execute(query).scalars() if found.startswith(begin)]
