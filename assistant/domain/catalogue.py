"""What the institution sells and says: products, campaigns, disclosures."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from assistant.domain.base import Entry, FullText, Listed, Text, Texts, Window
from assistant.domain.values import FactValue, Period

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Grade = Annotated[str, Field(pattern=r"^R[1-5]$")]
_MONTH_DAY = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")


class Limits(Entry):
    """Who may be offered a thing; what is left out limits nothing."""

    segments: Listed = ()
    ages: Listed = ()
    lifecycle: Listed = ()
    min_age: int | None = Field(default=None, ge=0, le=120)
    max_age: int | None = Field(default=None, ge=0, le=120)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_age is not None and self.max_age is not None and self.max_age < self.min_age:
            raise ValueError("max_age is below min_age; swap the two")
        return self


class Product(Entry):
    """Something that a customer can hold or do."""

    id: Id
    type: str
    name: FullText
    aliases: Texts = Field(default_factory=dict)
    summary: FullText
    risk: Grade | None = None
    placement: Literal["public", "private"] = "public"
    flags: dict[str, bool] = Field(default_factory=dict)
    facts: dict[str, FactValue] = Field(default_factory=dict)
    redemption: Text = Field(default_factory=dict)
    benchmark_basis: Text = Field(default_factory=dict)
    rate_basis: Text = Field(default_factory=dict)
    underlying: Text = Field(default_factory=dict)
    scenarios: Text = Field(default_factory=dict)
    underwriter: Text = Field(default_factory=dict)
    window: Window | None = None
    channels: Listed = ()
    markets: Listed = ()
    customers: Limits = Limits()
    selling_points: Texts = Field(default_factory=dict)
    disclosures: Listed = ()

    @property
    def grade(self) -> int:
        """The risk grade as a number, 0 where the product has none."""
        return int(self.risk[1]) if self.risk else 0


class Run(Entry):
    """When a campaign runs: once (`from`, perhaps `until`) or each year between two days of the calendar."""

    start: dt.date | str = Field(alias="from")
    until: dt.date | str | None = None
    recurs: Literal["yearly"] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        days = [self.start] if self.until is None else [self.start, self.until]
        if self.recurs:
            if self.until is None or not all(isinstance(d, str) and _MONTH_DAY.match(d) for d in days):
                raise ValueError('a yearly period needs two days of the year; write from: "10-20", until: "11-11"')
            for day in days:
                dt.date.fromisoformat(f"2028-{day}")
        elif not all(isinstance(d, dt.date) for d in days):
            raise ValueError("a period needs days; write from: 2026-01-01")
        elif self.until is not None and str(self.until) < str(self.start):
            raise ValueError(f"the period ends on {self.until}, before it starts on {self.start}; swap the two days")
        return self

    def on(self, day: dt.date) -> Period | None:
        """The occurrence that `day` lies in; None where the campaign does not run that day."""
        if not self.recurs:
            assert isinstance(self.start, dt.date)
            span = Period(start=self.start, until=self.until if isinstance(self.until, dt.date) else None)
            return span if span.holds(day) else None
        for year in (day.year - 1, day.year):
            span = self._of_year(year)
            if span.holds(day):
                return span
        return None

    def next_from(self, day: dt.date) -> Period | None:
        """The running or next occurrence; None where the campaign is over for good."""
        if (now := self.on(day)) is not None:
            return now
        if not self.recurs:
            assert isinstance(self.start, dt.date)
            until = self.until if isinstance(self.until, dt.date) else None
            return Period(start=self.start, until=until) if self.start > day else None
        return next(span for year in (day.year, day.year + 1) if (span := self._of_year(year)).start > day)

    def _of_year(self, year: int) -> Period:
        start = _day_of(year, str(self.start))
        until = _day_of(year, str(self.until))
        return Period(start=start, until=until if until >= start else _day_of(year + 1, str(self.until)))


def _day_of(year: int, month_day: str) -> dt.date:
    month, day = (int(part) for part in month_day.split("-"))
    if (month, day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        day = 28
    return dt.date(year, month, day)


class Campaign(Entry):
    """An occasion to speak: what is offered, when, to whom, and what must or must not be said."""

    id: Id
    scenario: str
    kind: Literal["sales", "care"]
    topic: str
    act: str
    name: FullText
    goal: FullText
    period: Run
    offers: Listed = ()
    facts: dict[str, FactValue] = Field(default_factory=dict)
    eligibility: Limits = Limits()
    channels: Listed = ()
    success: Text = Field(default_factory=dict)
    must_say: Texts = Field(default_factory=dict)
    must_not_say: Texts = Field(default_factory=dict)
    disclosures: Listed = ()
    rules_page: Text = Field(default_factory=dict)


class Disclosure(Entry):
    """A warning of approved wording, by jurisdiction and locale; `short` and `spoken` where a channel needs it."""

    id: Id
    jurisdictions: dict[str, Text]
    applies_to: dict[str, list[str]] = Field(default_factory=dict)
    short: dict[str, Text] = Field(default_factory=dict)
    spoken: dict[str, Text] = Field(default_factory=dict)

    @field_validator("jurisdictions")
    @classmethod
    def _not_empty(cls, texts: dict[str, Text]) -> dict[str, Text]:
        if not texts or not all(texts.values()):
            raise ValueError("a disclosure needs a text for at least one jurisdiction; write {CN: {zh-Hans: …}}")
        return texts

    def wording(self, jurisdiction: str, locale: str, form: str = "full") -> str | None:
        """The words to print; None where this jurisdiction or locale has none. `form`: full, short, spoken."""
        shapes = {"short": self.short, "spoken": self.spoken}.get(form, {})
        for table in (shapes, self.jurisdictions):
            text = table.get(jurisdiction, {}).get(locale)  # type: ignore[call-overload]
            if text:
                return str(text)
        return None
