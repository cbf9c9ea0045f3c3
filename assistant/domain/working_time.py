"""Working time: the hours and days of an institution, and when something is due."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from assistant.domain.base import Entry, Listed

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$")]
_HORIZON = 60
"""Days that are looked at for an end; no holiday lasts longer."""


class Hours(Entry):
    """When an owner works: `09:00-17:30`; `daily`: on holidays and weekends too."""

    hours: Clock
    daily: bool = False

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """The day's beginning and end of work."""
        start, end = (_clock(part) for part in self.hours.split("-"))
        midnight = dt.datetime.combine(day, dt.time())
        return midnight + start, midnight + end


class Festival(Entry):
    """A day that comes round each year: the same day (`11-11`), or one of its own each year."""

    day: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    days: tuple[dt.date, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.day) == bool(self.days):
            raise ValueError('a festival has either a day or days; write day: "11-11" or days: [2027-02-06]')
        return self

    def around(self, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The last one up to and with `today`, and the next one from `today` on; None where the table has none."""
        days = self.days or tuple(_of_year(year, str(self.day)) for year in range(today.year - 1, today.year + 2))
        return max((d for d in days if d <= today), default=None), min((d for d in days if d >= today), default=None)


class WorkCalendar(Entry):
    """Hours by owner, public holidays, the weekend days that are worked in their place, festivals."""

    owners: dict[str, Hours]
    holidays: tuple[dt.date, ...] = ()
    worked: tuple[dt.date, ...] = ()
    weekend: Listed = ("sat", "sun")
    festivals: dict[str, Festival] = Field(default_factory=dict)

    @field_validator("weekend")
    @classmethod
    def _days(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := set(given) - set(_WEEK):
            raise ValueError(f"“{sorted(unknown)[0]}” is no day; use {', '.join(_WEEK)}")
        return given

    def works(self, owner: str, day: dt.date) -> bool:
        """Whether an owner works on a day."""
        if self.owners[owner].daily or day in self.worked:
            return True
        return day not in self.holidays and _WEEK[day.weekday()] not in self.weekend

    def due(self, owner: str, since: dt.datetime, minutes: int) -> dt.datetime:
        """The moment `minutes` of the owner's working time after `since` (naive, the institution's own time)."""
        left, at = dt.timedelta(minutes=minutes), since
        for ahead in range(_HORIZON):
            day = since.date() + dt.timedelta(days=ahead)
            if not self.works(owner, day):
                continue
            start, end = self.owners[owner].on(day)
            at = max(at, start)
            if at < end and at + left <= end:
                return at + left
            left -= max(dt.timedelta(), end - at)
        return since + dt.timedelta(days=_HORIZON)

    def between(self, owner: str, since: dt.datetime, until: dt.datetime) -> dt.timedelta:
        """The owner's working time between two moments (naive, the institution's own time), sixty days at most."""
        since = max(since, until - dt.timedelta(days=_HORIZON))
        found = dt.timedelta()
        for ahead in range((until.date() - since.date()).days + 1):
            day = since.date() + dt.timedelta(days=ahead)
            if self.works(owner, day):
                start, end = self.owners[owner].on(day)
                found += max(dt.timedelta(), min(end, until) - max(start, since))
        return found

    def turn(self, owner: str, now: dt.datetime) -> tuple[bool, dt.datetime | None]:
        """Whether the owner is at work at a moment, and when that changes next; None where nobody knows."""
        for ahead in range(_HORIZON):
            day = now.date() + dt.timedelta(days=ahead)
            if not self.works(owner, day):
                continue
            start, end = self.owners[owner].on(day)
            if now < end:
                return start <= now, end if start <= now else start
        return False, None


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock(text: str) -> dt.timedelta:
    hours, minutes = text.split(":")
    return dt.timedelta(hours=int(hours), minutes=int(minutes))


def _of_year(year: int, month_day: str) -> dt.date:
    month, day = (int(part) for part in month_day.split("-"))
    return dt.date(year, month, day)
