"""Texts counted for those who look back: written and decided by day, how long it took, what was objected to, for whom
there are any. Each question reads a span of an index; the longest lists end at MOST."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, true
from sqlalchemy import text as plain

from assistant.domain.item import STATES, Act
from assistant.store.database import Database
from assistant.store.desk_tables import decisions, items
from assistant.store.schema import FOUND, drafts, runs

MOST = 10_000
"""Approvals whose waiting time is looked at, the newest; and texts whose findings are."""
Bounds = Sequence[dt.datetime]
"""Moments in order; a span lies from each to the next, its end left out."""


class TextCounts:
    """Counts texts. `campaign`: those of one alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def written(self, bounds: Bounds, campaign: str | None = None) -> list[int]:
        """Texts that were written in each span, every version that counts as one; a run's are of when it began."""
        many = select(func.count()).where(drafts.c.run == runs.c.id).scalar_subquery()
        query = select(runs.c.begun_at, many).where(runs.c.begun_at >= bounds[0], runs.c.begun_at < bounds[-1])
        found = [0] * (len(bounds) - 1)
        with self._database.reading() as connection:
            for begun, count in connection.execute(query.where(_of(runs.c.campaign, campaign))):
                found[bisect_right(bounds, begun) - 1] += count
        return found

    def decided(self, acts: Sequence[Act], bounds: Bounds, campaign: str | None = None) -> dict[str, list[int]]:
        """How often each of some acts was done in each span."""
        found = {act: [0] * (len(bounds) - 1) for act in map(str, acts)}
        with self._database.reading() as connection:
            if campaign is not None:
                for act, place, count in connection.execute(_by_span(acts, bounds, campaign)):
                    found[act][place] = count
                return found
            for place, (since, until) in enumerate(pairwise(bounds)):
                query = (
                    select(decisions.c.act, func.count())
                    .where(decisions.c.act.in_(acts), decisions.c.at >= since, decisions.c.at < until)
                    .group_by(decisions.c.act)
                )
                for act, count in connection.execute(query):
                    found[act][place] = count
        return found

    def waits(self, since: dt.datetime, until: dt.datetime, campaign: str | None = None) -> list[float]:
        """Seconds from the last submission to the approval, of the newest MOST approvals of a span, in order."""
        approved = (
            select(decisions.c.item, decisions.c.version, decisions.c.at)
            .where(*_done(("approve",), since, until, campaign))
            .order_by(decisions.c.at.desc())
            .limit(MOST)
            .subquery()
        )
        earlier = decisions.alias()
        # Not max(at): for that SQLite goes through all submissions by their time until it meets the text.
        begun = (
            select(earlier.c.at)
            .where(earlier.c.item == approved.c.item, earlier.c.version < approved.c.version)
            .where(earlier.c.act == "submit")
            .order_by(earlier.c.version.desc())
            .limit(1)
            .scalar_subquery()
        )
        with self._database.reading() as connection:
            both = [(row.at, row.begun) for row in connection.execute(select(approved.c.at, begun.label("begun")))]
        return sorted((at - begun).total_seconds() for at, begun in both if begun is not None)

    def objections(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[dict[tuple[str, str], int], int]:
        """In how many texts each rule has a finding, by rule and severity; and how many texts have any. Of runs that
        began in a span; MOST texts at most."""
        begun = select(runs.c.id).where(runs.c.begun_at >= since, runs.c.begun_at < until)
        begun = begun.where(_of(runs.c.campaign, campaign))
        # The condition stands as it does in the index, or SQLite would not take it.
        query = select(drafts.c.findings).where(plain(f"drafts.{FOUND}"), drafts.c.run.in_(begun)).limit(MOST)
        counted: Counter[tuple[str, str]] = Counter()
        texts = 0
        with self._database.reading() as connection:
            for row in connection.execute(query):
                texts += 1
                counted.update({(str(one["rule"]), str(one["severity"])) for one in row.findings})
        return dict(counted), texts

    def sent_back(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> list[tuple[str, str, int]]:
        """How often texts were rejected or changes asked for, by act and reason."""
        by = (decisions.c.act, decisions.c.reason)
        query = select(*by, func.count()).where(*_done(("reject", "ask"), since, until, campaign)).group_by(*by)
        with self._database.reading() as connection:
            return [(str(act), str(reason), int(count)) for act, reason, count in connection.execute(query)]

    def released(self, across: str, campaign: str | None = None) -> dict[tuple[str, str], int]:
        """How many texts are released now, by segment and by `across`: age or channel."""
        by = (items.c.segment, items.c[across])
        query = select(*by, func.count()).where(items.c.state == "released", _of(items.c.campaign, campaign))
        with self._database.reading() as connection:
            return {(str(one), str(other)): int(n) for one, other, n in connection.execute(query.group_by(*by))}


def _of(column: ColumnElement[str], campaign: str | None) -> ColumnElement[bool]:
    return true() if campaign is None else column == campaign


def _done(
    acts: Sequence[Act], since: dt.datetime, until: dt.datetime, campaign: str | None
) -> Iterator[ColumnElement[bool]]:
    """The decisions of a span, of all texts or of a campaign's.

    A campaign's are found by their texts: what else was decided in the meantime is mostly of other campaigns. So the
    act is asked for in a way that no index answers.
    """
    yield decisions.c.at >= since
    yield decisions.c.at < until
    if campaign is None:
        yield decisions.c.act.in_(acts)
        return
    yield (decisions.c.act + "").in_(acts)
    touched = select(items.c.id).where(items.c.state.in_(STATES), items.c.campaign == campaign)
    yield decisions.c.item.in_(touched.where(items.c.changed_at >= since))


def _by_span(acts: Sequence[Act], bounds: Bounds, campaign: str) -> Select[Any]:
    """How often each act was done to a campaign's texts, by the place of the span."""
    spans = ((decisions.c.at < until, literal(place)) for place, until in enumerate(bounds[1:]))
    place = case(*spans).label("place")
    query = select(decisions.c.act, place, func.count()).where(*_done(acts, bounds[0], bounds[-1], campaign))
    return query.group_by(decisions.c.act, place)
