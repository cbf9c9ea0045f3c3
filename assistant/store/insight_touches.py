"""Touches counted by day: what left the desk, what was sent, whom somebody must call, and whether they did in time.

No row speaks of a customer. Days are the institution's own; each question reads a span of an index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select, true

from assistant.store.actions import OPEN, SUPPRESSED
from assistant.store.database import Database
from assistant.store.desk_tables import items
from assistant.store.export_tables import export_items, exports, results
from assistant.store.schema import actions, outcomes

MOST = 500
"""Exports that are listed of one span."""
EXPERIMENTS = 20
STANDS = ("scheduled", "done", "failed")


@dataclass(frozen=True, slots=True)
class Leaving:
    """An export: when it is sent, how it stands, its texts by campaign and channel, its rows; `own`: a row a
    customer."""

    id: str
    at: dt.datetime
    stand: str
    own: bool
    rows: int
    texts: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Due:
    """Calls that were due: `kept` in time, `late`, `missed` and past their time, `waiting` for it still."""

    key: str
    kept: int
    late: int
    missed: int
    waiting: int


class TouchCounts:
    """Counts touches. `campaign`, `triggers`: those of these alone; `managers`: of their customers alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def leaving(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[list[Leaving], bool]:
        """Exports that are or were to be sent in a span, in order; and whether there are more than MOST."""
        order = exports.c.order
        query = select(
            exports.c.id, exports.c.send_at, exports.c.stand, exports.c.counts, order["per_customer"].as_boolean()
        ).where(exports.c.stand.in_(STANDS), exports.c.send_at >= since, exports.c.send_at < until)
        if campaign is not None:
            its = select(items.c.id).join(export_items, export_items.c.item == items.c.id)
            query = query.where(its.where(export_items.c.export == exports.c.id, items.c.campaign == campaign).exists())
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(exports.c.send_at, exports.c.id).limit(MOST + 1)).all()
            texts = _texts(connection, [row.id for row in rows[:MOST]])
        told = [
            Leaving(own, at, stand, bool(each), int(counts.get("rows", 0)), texts.get(own, {}))
            for own, at, stand, counts, each in rows[:MOST]
        ]
        return told, len(rows) > MOST

    def sent(self, first: dt.date, last: dt.date, campaign: str | None = None) -> list[tuple[dt.date, str, int]]:
        """What campaign systems say was sent, or shown where they do not count that: by day and channel."""
        many = func.sum(func.coalesce(results.c.sent, results.c.exposures, 0))
        query = (
            select(results.c.day, items.c.channel, many)
            .join(items, items.c.id == results.c.item)
            .where(results.c.day >= first, results.c.day <= last)
            .group_by(results.c.day, items.c.channel)
        )
        if campaign is not None:
            query = query.where(items.c.campaign == campaign)
        with self._database.reading() as connection:
            return [(day, str(channel), int(count)) for day, channel, count in connection.execute(query)]

    def due(
        self,
        owners: Sequence[str],
        first: dt.date,
        last: dt.date,
        managers: Collection[str] | None = None,
        triggers: Collection[str] | None = None,
    ) -> list[tuple[dt.date, str, bool, int]]:
        """Actions of owners that are due on each day and were not held back: day, owner, whether open, count."""
        day, still = func.date(actions.c.due_at), case((actions.c.state == OPEN, 1), else_=0)
        query = (
            select(day, actions.c.owner, still, func.count())
            .where(actions.c.owner.in_(owners), *_within(first, last))
            .where(_theirs(managers), _fired(triggers))
            .group_by(day, actions.c.owner, still)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [(dt.date.fromisoformat(str(one)), str(owner), bool(is_open), int(n)) for one, owner, is_open, n in rows]

    def kept(
        self,
        by: str,
        owner: str,
        first: dt.date,
        last: dt.date,
        now: dt.datetime,
        managers: Collection[str] | None = None,
        triggers: Collection[str] | None = None,
    ) -> list[Due]:
        """Calls that were due, by trigger or manager: whether the first thing that came of each came in time.

        `now`: the institution's own time, without a zone.
        """
        came = select(func.min(outcomes.c.at)).where(outcomes.c.action == actions.c.id).scalar_subquery()
        each = (
            select(func.coalesce(actions.c[by], "").label("key"), actions.c.due_at, came.label("came"))
            .where(actions.c.owner == owner, *_within(first, last), _theirs(managers), _fired(triggers))
            .subquery()
        )
        late, none = each.c.came > each.c.due_at, each.c.came.is_(None)
        kinds = (each.c.came <= each.c.due_at, late, none & (each.c.due_at < now), none & (each.c.due_at >= now))
        sums = [func.sum(case((one, 1), else_=0)) for one in kinds]
        query = select(each.c.key, *sums).group_by(each.c.key).order_by(each.c.key)
        with self._database.reading() as connection:
            return [Due(str(row[0]), *map(int, row[1:])) for row in connection.execute(query)]

    def experiments(self, campaign: str | None = None) -> list[str]:
        """Names of the experiments that were exported last, the newest first; EXPERIMENTS at most."""
        query = select(exports.c.experiment).where(exports.c.experiment > "", exports.c.stand == "done")
        if campaign is not None:
            its = select(items.c.id).join(export_items, export_items.c.item == items.c.id)
            query = query.where(its.where(export_items.c.export == exports.c.id, items.c.campaign == campaign).exists())
        newest = func.max(exports.c.ran_at)
        query = query.group_by(exports.c.experiment).order_by(newest.desc(), exports.c.experiment).limit(EXPERIMENTS)
        with self._database.reading() as connection:
            return [str(one) for one in connection.execute(query).scalars()]


def _texts(connection: Connection, ids: Sequence[str]) -> dict[str, dict[tuple[str, str], int]]:
    by = (export_items.c.export, items.c.campaign, items.c.channel)
    query = select(*by, func.count()).join(items, items.c.id == export_items.c.item)
    found: dict[str, dict[tuple[str, str], int]] = {}
    for own, campaign, channel, count in connection.execute(query.where(export_items.c.export.in_(ids)).group_by(*by)):
        found.setdefault(own, {})[(campaign, channel)] = count
    return found


def _within(first: dt.date, last: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Actions of a span of days that no policy held back."""
    since = dt.datetime.combine(first, dt.time())
    until = dt.datetime.combine(last + dt.timedelta(days=1), dt.time())
    return actions.c.due_at >= since, actions.c.due_at < until, actions.c.state != SUPPRESSED


def _theirs(managers: Collection[str] | None) -> ColumnElement[bool]:
    return true() if managers is None else actions.c.manager.in_(sorted(managers))


def _fired(triggers: Collection[str] | None) -> ColumnElement[bool]:
    return true() if triggers is None else actions.c.trigger.in_(sorted(triggers))
