"""Results in the database: kept once by source and row, counted by any of the things that a text was made for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from assistant.domain.result import MEASURES, Result
from assistant.store.audit import append
from assistant.store.database import Database
from assistant.store.desk_tables import items, packages
from assistant.store.export_tables import results
from assistant.store.schema import drafts

_CHUNK = 300
_SAID = ("item", "experiment", "arm", "day", *MEASURES)


class ResultStore:
    """Keeps results."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unknown(self, ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """Those of some texts that nobody has decided on, and some ids that are known."""
        wanted = sorted(set(ids))
        with self._database.reading() as connection:
            known: set[str] = set()
            for start in range(0, len(wanted), _CHUNK):
                query = select(items.c.id).where(items.c.id.in_(wanted[start : start + _CHUNK]))
                known |= set(connection.execute(query).scalars())
            some = list(connection.execute(select(items.c.id).order_by(items.c.id).limit(1000)).scalars())
        return [own for own in wanted if own not in known], some

    def keep(self, source: str, rows: Sequence[Result], who: str, at: dt.datetime) -> dict[str, int]:
        """Keep a delivery and its audit row in one transaction. What is known already stays; what says otherwise now
        takes the place of what it said."""
        given = {row.key: row for row in rows}
        counted = dict.fromkeys(("new", "changed", "known"), 0)
        with self._database.begin() as connection:
            keys = list(given)
            for start in range(0, len(keys), _CHUNK):
                part = keys[start : start + _CHUNK]
                query = select(results).where(results.c.source == source, results.c.row.in_(part))
                there = {row.row: tuple(row._mapping[name] for name in _SAID) for row in connection.execute(query)}
                fresh = []
                for key in part:
                    said = {name: getattr(given[key], name) for name in _SAID}
                    if key not in there:
                        fresh.append({"source": source, "row": key, **said, "by": who, "at": at})
                    elif there[key] != tuple(said.values()):
                        counted["changed"] += 1
                        where = and_(results.c.source == source, results.c.row == key)
                        connection.execute(results.update().where(where).values(**said, by=who, at=at))
                    else:
                        counted["known"] += 1
                counted["new"] += len(fresh)
                if fresh:
                    connection.execute(results.insert(), fresh)
            append(connection, at, who, "import_results", f"results:{source}", counted)
        return counted

    def counted(
        self, by: Sequence[str], days: tuple[dt.date, dt.date] | None = None, **where: str
    ) -> list[dict[str, Any]]:
        """Sums of each measure by some dimensions: `clicks`, and `clicks_of`: who was reached, if both are known.

        `days`: the first and the last that count.
        """
        columns = {name: _column(name) for name in by}
        reached = func.coalesce(results.c.exposures, results.c.sent)
        sums: list[ColumnElement[Any]] = []
        for measure in MEASURES:
            name: str = measure
            count = results.c[name]
            base = results.c.sent if name in ("sent", "exposures") else reached
            both = and_(count.is_not(None), base.is_not(None))
            sums += [
                func.sum(count).label(name),
                func.sum(case((both, count))).label(f"{name}_counted"),
                func.sum(case((both, base))).label(f"{name}_of"),
            ]
        query = (
            select(*(column.label(name) for name, column in columns.items()), *sums)
            .join(items, items.c.id == results.c.item)
            .join(drafts, drafts.c.id == items.c.draft)
        )
        if days is not None:
            query = query.where(results.c.day >= days[0], results.c.day <= days[1])
        for column, value in where.items():
            query = query.where(_column(column) == value)
        if columns:
            query = query.group_by(*columns.values()).order_by(*columns.values())
        with self._database.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def criterion(self, package: str | None, campaign: str | None) -> str | None:
        """What was chosen with the package, or with the campaign's last one; None where nothing was."""
        named = [packages.c.id == package] if package else []
        named += [packages.c.campaign == campaign] if campaign else []
        if not named:
            return None
        query = select(packages.c.criterion).where(or_(*named)).order_by(packages.c.made_at.desc()).limit(1)
        with self._database.reading() as connection:
            found = connection.execute(query).scalar()
        return str(found) if found else None


def _column(name: str) -> ColumnElement[Any]:
    if name in ("item", "experiment", "arm", "day", "source"):
        return results.c[name]
    return drafts.c.angle if name == "angle" else items.c[name]
