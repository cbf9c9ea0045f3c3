"""A page of a table, the newest row first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select, true


def newest(
    connection: Connection, table: Table, after: str, limit: int, where: ColumnElement[bool] | None = None
) -> list[Row[Any]]:
    """Rows by the moment when they were made (`made_at`), of one moment by id; of the rows of `where` alone.

    `after`: the last id of the page before; the first page where there is no such row.
    """
    made, own = table.c.made_at, table.c.id
    query = select(table).where(true() if where is None else where).order_by(made.desc(), own).limit(limit)
    mark = connection.execute(select(made).where(own == after)).scalar() if after else None
    if mark is not None:
        query = query.where((made < mark) | ((made == mark) & (own > after)))
    return list(connection.execute(query).all())
