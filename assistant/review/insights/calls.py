"""Calls that were due: whether somebody called in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from assistant.domain.pack import Pack
from assistant.domain.trigger import Owner
from assistant.errors import Forbidden
from assistant.review.insights.months import triggers_of
from assistant.review.insights.span import Span
from assistant.review.insights.viewing import Told, View
from assistant.review.results.statistics import Interval, wilson

CALLER: Owner = "relationship_manager"
By = Literal["trigger", "manager"]


class Due(Protocol):
    """Calls of one trigger or manager, as the store counts them."""

    @property
    def key(self) -> str: ...
    @property
    def kept(self) -> int: ...
    @property
    def late(self) -> int: ...
    @property
    def missed(self) -> int: ...
    @property
    def waiting(self) -> int: ...


class Store(Protocol):
    """What counts calls."""

    def kept(
        self,
        by: str,
        owner: str,
        first: dt.date,
        last: dt.date,
        now: dt.datetime,
        managers: Collection[str] | None = None,
        triggers: Collection[str] | None = None,
    ) -> Sequence[Due]: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Calls whose time has come, `of`: those made in time (`share`, with its interval), later, and not at all; and
    those that have time still. Few are told as few, and then there is no share."""

    key: str
    of: Told
    kept: Told
    late: Told
    missed: Told
    waiting: Told
    share: Interval | None


@dataclass(frozen=True)
class Calls:
    """Counts calls."""

    pack: Pack
    store: Store

    def kept(self, span: Span, view: View, now: dt.datetime, campaign: str | None = None) -> tuple[Kept, list[Kept]]:
        """All calls that were due in a span, and those of each trigger."""
        found = self._counted("trigger", span, view, now, campaign)
        whole = [sum(numbers) for numbers in zip(*(_numbers(one) for one in found), strict=True)] or [0, 0, 0, 0]
        return _told("", whole, view), [_told(one.key, _numbers(one), view) for one in found]

    def by_manager(self, span: Span, view: View, now: dt.datetime, campaign: str | None = None) -> list[Kept]:
        """The calls of each manager, for who leads them. Forbidden for anybody else."""
        if not view.exact:
            raise Forbidden("Only a lead sees the calls by manager.", "Ask the lead of the team.")
        found = self._counted("manager", span, view, now, campaign)
        return [_told(one.key, _numbers(one), view) for one in found]

    def _counted(self, by: By, span: Span, view: View, now: dt.datetime, campaign: str | None) -> Sequence[Due]:
        local = now.astimezone(ZoneInfo(span.zone)).replace(tzinfo=None)
        return self.store.kept(by, CALLER, *span.days, local, view.managers, triggers_of(self.pack, campaign))


def _numbers(one: Due) -> list[int]:
    return [one.kept, one.late, one.missed, one.waiting]


def _told(key: str, numbers: Sequence[int], view: View) -> Kept:
    kept, late, missed, waiting = numbers
    of = kept + late + missed
    share = wilson(kept, of) if of and isinstance(view.told(of), int) else None
    told = [view.told(one) for one in (of, kept, late, missed, waiting)]
    return Kept(key, told[0], told[1], told[2], told[3], told[4], share)
