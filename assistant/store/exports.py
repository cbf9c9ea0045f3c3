"""Exports in the database: what was asked for, what became of it, each change with its audit row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.domain.export import Export, Stand
from assistant.domain.rollout import Rollout
from assistant.errors import Refused, UnknownId
from assistant.store.audit import append
from assistant.store.database import Database
from assistant.store.desk_tables import items
from assistant.store.export_tables import export_items, exports
from assistant.store.near import near
from assistant.store.newest import newest
from assistant.store.schema import recalled

_CHUNK = 500


class ExportStore:
    """Keeps exports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self, export: Export, at: dt.datetime, who: str, act: str, body: Mapping[str, Any], was: Stand | None = None
    ) -> None:
        """Keep an export as it now is, and the audit row of what was done with it, in one transaction.

        `was`: how it must still stand, None for a new one. Raises Refused where somebody else changed it meanwhile.
        """
        with self._database.begin() as connection:
            values = _row(export)
            if was is not None:
                held = exports.update().where(exports.c.id == export.id, exports.c.stand == was)
                if connection.execute(held.values(**values)).rowcount == 0:
                    raise Refused("state", f"The export {export.id} is {was} no more.", "Look how it stands now.")
            else:
                connection.execute(exports.insert().values(**values))
                rows = [{"export": export.id, "item": own} for own in export.items]
                if rows:
                    connection.execute(export_items.insert(), rows)
            append(connection, at, who, act, f"export:{export.id}", body)

    def tell(self, own: str, at: dt.datetime, who: str, act: str, body: Mapping[str, Any]) -> None:
        """Add a row to the audit that speaks of an export."""
        with self._database.begin() as connection:
            append(connection, at, who, act, f"export:{own}", body)

    def export(self, own: str) -> Export:
        """An export by id. Raises UnknownId."""
        with self._database.reading() as connection:
            row = connection.execute(select(exports).where(exports.c.id == own)).first()
            if row is None:
                raise UnknownId("export", own, near(connection, exports.c.id, own))
            return next(_exports(connection, [row]))

    def listed(self, stand: str | None = None, after: str = "", limit: int = 50) -> list[Export]:
        """Exports, the newest first. `after`: the last id of the page before."""
        standing = None if stand is None else exports.c.stand == stand
        with self._database.reading() as connection:
            return list(_exports(connection, newest(connection, exports, after, limit, standing)))

    def due(self, now: dt.datetime) -> list[str]:
        """Ids of the scheduled exports whose time has come, the earliest first."""
        query = select(exports.c.id).where(exports.c.stand == "scheduled", exports.c.send_at <= now)
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(exports.c.send_at, exports.c.id)).scalars())

    def touched(self, drafts: Collection[str]) -> dict[str, list[str]]:
        """Scheduled exports that hold one of some drafts, each with those texts."""
        found: dict[str, list[str]] = {}
        wanted = sorted(drafts)
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                query = (
                    select(export_items.c.export, items.c.id)
                    .join(items, items.c.id == export_items.c.item)
                    .join(exports, exports.c.id == export_items.c.export)
                    .where(exports.c.stand == "scheduled", items.c.draft.in_(wanted[start : start + _CHUNK]))
                    .order_by(export_items.c.export, items.c.id)
                )
                for own, item in connection.execute(query):
                    found.setdefault(own, []).append(item)
        return found

    def rollout(self, experiment: str) -> Rollout | None:
        """The last roll-out that was exported under an experiment's name; None where there is none."""
        query = select(exports.c.order).where(exports.c.experiment == experiment, exports.c.stand == "done")
        with self._database.reading() as connection:
            order = connection.execute(query.order_by(exports.c.ran_at.desc()).limit(1)).scalar()
        return Rollout.model_validate(order["rollout"]) if order else None


def _exports(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Export]:
    ids = [row.id for row in rows]
    chosen = select(export_items).where(export_items.c.export.in_(ids)).order_by(export_items.c.item)
    held: dict[str, list[str]] = {}
    for export, item in connection.execute(chosen):
        held.setdefault(export, []).append(item)
    query = (
        select(export_items.c.export, export_items.c.item)
        .join(items, items.c.id == export_items.c.item)
        .join(recalled, recalled.c.draft == items.c.draft)
        .where(export_items.c.export.in_(ids))
        .order_by(export_items.c.item)
    )
    frozen: dict[str, list[str]] = {}
    for export, item in connection.execute(query):
        frozen.setdefault(export, []).append(item)
    for row in rows:
        told = dict(row._mapping)
        stopped = tuple(frozen.get(row.id, ())) if row.stand == "scheduled" else ()
        for name in ("send_at", "experiment"):
            told.pop(name)
        yield Export.model_validate({**told, "items": tuple(held.get(row.id, ())), "frozen": stopped})


def _row(export: Export) -> dict[str, Any]:
    told = export.model_dump(exclude={"items", "frozen", "order", "counts"})
    rollout = export.order.rollout
    return {
        **told,
        "order": export.order.model_dump(mode="json"),
        "counts": export.counts.model_dump(mode="json"),
        "send_at": export.order.send_at,
        "experiment": rollout.experiment if rollout else "",
    }
