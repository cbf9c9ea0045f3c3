"""A span of the institution's calendar days, and the pieces in which it is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAILY = 31
"""Days up to which a span is counted by day; a longer one by week."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day, both within. `zone`: the institution's."""

    first: dt.date
    last: dt.date
    zone: str

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day."""
        return self.first, self.last

    @property
    def step(self) -> int:
        """Days of a piece: one, or seven."""
        return 1 if (self.last - self.first).days < DAILY else 7

    @property
    def starts(self) -> tuple[dt.date, ...]:
        """The first day of each piece; the last piece is whole, the first may be short."""
        back = range((self.last - self.first).days // self.step, -1, -1)
        begun = (self.last - dt.timedelta(days=(one + 1) * self.step - 1) for one in back)
        return tuple(max(self.first, one) for one in begun)

    @property
    def bounds(self) -> tuple[dt.datetime, ...]:
        """Midnights at which the pieces begin, and at which the last one ends."""
        return tuple(self._midnight(day) for day in (*self.starts, self.last + dt.timedelta(days=1)))

    @property
    def since(self) -> dt.datetime:
        """When it begins."""
        return self._midnight(self.first)

    @property
    def until(self) -> dt.datetime:
        """When it is over."""
        return self._midnight(self.last + dt.timedelta(days=1))

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), ZoneInfo(self.zone)).astimezone(dt.UTC)


def lately(days: int, now: dt.datetime, zone: str) -> Span:
    """The last days up to today."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return Span(today - dt.timedelta(days=days - 1), today, zone)


def month_of(day: dt.date, zone: str) -> Span:
    """The whole month of a day."""
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return Span(first, following - dt.timedelta(days=1), zone)
