"""Every touch of a month in one calendar: what left the desk, what was sent, whom somebody is to call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

from assistant.domain.pack import Pack
from assistant.domain.trigger import Owner
from assistant.playbook.sizes import told
from assistant.review.insights.span import Span
from assistant.review.insights.viewing import Told, View

OWNERS: tuple[Owner, ...] = ("relationship_manager", "service_desk", "robot", "campaign")
"""Whose actions reach a customer."""


class Left(Protocol):
    """An export as the store tells of it."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def stand(self) -> str: ...
    @property
    def own(self) -> bool: ...
    @property
    def rows(self) -> int: ...
    @property
    def texts(self) -> Mapping[tuple[str, str], int]: ...


class Store(Protocol):
    """What counts touches."""

    def leaving(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[Sequence[Left], bool]: ...
    def sent(self, first: dt.date, last: dt.date, campaign: str | None = None) -> list[tuple[dt.date, str, int]]: ...
    def due(
        self,
        owners: Sequence[str],
        first: dt.date,
        last: dt.date,
        managers: Collection[str] | None = None,
        triggers: Collection[str] | None = None,
    ) -> list[tuple[dt.date, str, bool, int]]: ...


@dataclass(frozen=True, slots=True)
class Leaving:
    """An export on its day: when, how it stands, its campaigns and channels, its texts, and how many customers it is
    rendered for, where it is."""

    at: dt.time
    stand: str
    campaigns: tuple[str, ...]
    channels: tuple[str, ...]
    texts: int
    customers: Told | None


@dataclass(frozen=True, slots=True)
class Acting:
    """Actions of one owner that are due on a day, and how many of them are open still."""

    owner: str
    due: Told
    still: Told


@dataclass(slots=True)
class Day:
    """One day. `sent`: people reached by channel, as the campaign systems count them."""

    leaving: list[Leaving] = field(default_factory=list)
    sent: dict[str, Told] = field(default_factory=dict)
    acting: list[Acting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month on which there is something. `cut`: it has more exports than are listed."""

    span: Span
    days: Mapping[dt.date, Day]
    cut: bool


@dataclass(frozen=True)
class Calendar:
    """Lays touches out by day. `smallest`: fewer people than that are not counted out."""

    pack: Pack
    store: Store
    smallest: int

    def month(self, span: Span, view: View, campaign: str | None = None) -> Month:
        """Every touch of a span."""
        zone, days = ZoneInfo(span.zone), dict[dt.date, Day]()
        leaving, cut = self.store.leaving(span.since, span.until, campaign)
        for one in leaving:
            at = one.at.astimezone(zone)
            days.setdefault(at.date(), Day()).leaving.append(_leaving(one, at.time()))
        for day, channel, count in self.store.sent(*span.days, campaign):
            if count:
                few = f"<{self.smallest}" if count < self.smallest else count
                days.setdefault(day, Day()).sent[channel] = few
        for (day, owner), (still, done) in sorted(self._due(span, view, campaign).items()):
            acting = Acting(owner, view.told(still + done), view.told(still))
            days.setdefault(day, Day()).acting.append(acting)
        return Month(span, days, cut)

    def _due(self, span: Span, view: View, campaign: str | None) -> dict[tuple[dt.date, str], tuple[int, int]]:
        """Open and finished actions by day and owner."""
        found: dict[tuple[dt.date, str], tuple[int, int]] = {}
        fired = triggers_of(self.pack, campaign)
        for day, owner, is_open, count in self.store.due(OWNERS, *span.days, view.managers, fired):
            still, done = found.get((day, owner), (0, 0))
            found[day, owner] = (still + count, done) if is_open else (still, done + count)
        return found


def triggers_of(pack: Pack, campaign: str | None) -> list[str] | None:
    """The triggers that act for a campaign; None for all."""
    return None if campaign is None else [own for own, one in pack.triggers.items() if one.campaign == campaign]


def _leaving(one: Left, at: dt.time) -> Leaving:
    campaigns = tuple(sorted({campaign for campaign, _channel in one.texts}))
    channels = tuple(sorted({channel for _campaign, channel in one.texts}))
    customers = told(one.rows) if one.own and one.stand == "done" else None
    return Leaving(at, one.stand, campaigns, channels, sum(one.texts.values()), customers)
