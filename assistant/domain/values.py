"""The typed values that a fact of the catalogue can have."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, model_validator

Locale = Literal["zh-Hans", "zh-Hant", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
Text = dict[Locale, str]
Texts = dict[Locale, list[str]]

Kind = Literal[
    "rate",
    "benchmark",
    "money",
    "term",
    "date",
    "period",
    "count",
    "reward",
    "product",
    "campaign",
    "link",
    "phone",
    "flag",
]
Unit = Literal["minute", "hour", "day", "week", "month", "year"]

_PERCENT = re.compile(r"^\d+(\.\d+)?%$")
_TERM = re.compile(r"^(\d+) (minute|hour|day|week|month|year)s?$")
_PERIOD = re.compile(r"^(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)?$")
# Days are compared only between units of one family: 24 months are 2 years, 30 days are no month.
_MONTHS = {"month": 1, "year": 12}
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


class Term(BaseModel):
    """A length of time as the catalogue states it: a number and its unit."""

    model_config = ConfigDict(frozen=True)
    number: int
    unit: Unit

    @property
    def measure(self) -> tuple[str, int]:
        """Equal for equal lengths: 24 months and 2 years, 7 days and 1 week."""
        if self.unit in _MONTHS:
            return ("months", self.number * _MONTHS[self.unit])
        return ("minutes", self.number * _MINUTES[self.unit])


class Period(BaseModel):
    """From a day, to a day inclusive, or open-ended."""

    model_config = ConfigDict(frozen=True)
    start: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies inside."""
        return self.start <= day and (self.until is None or day <= self.until)


Value = Decimal | int | Term | dt.date | Period | dict[str, str] | str | bool


def parse_percent(raw: Any) -> Decimal:
    """`"2.20%"` → Decimal("2.20"), percent points. Raises ValueError with the mend for other spellings."""
    if isinstance(raw, str) and _PERCENT.match(raw.strip()):
        return Decimal(raw.strip().rstrip("%"))
    shown = f"{raw}%" if isinstance(raw, int | float) and raw >= 0.1 else "2.20%"
    raise ValueError(f'a rate is a string with a percent sign; write it as "{shown}"')


def parse_term(raw: Any) -> Term:
    """`"24 months"` → Term(24, month)."""
    match = _TERM.match(raw.strip()) if isinstance(raw, str) else None
    if not match:
        raise ValueError('a term is a number and a unit; write it as "24 months", "2 years" or "180 days"')
    return Term.model_validate({"number": int(match[1]), "unit": match[2]})


def parse_period(raw: Any) -> Period:
    """`"2026-01-01/2026-12-31"`, or open-ended `"2026-01-01/"` → Period."""
    match = _PERIOD.match(raw.strip()) if isinstance(raw, str) else None
    if not match:
        raise ValueError('a period is two days; write it as "2026-01-01/2026-12-31", or "2026-01-01/" without an end')
    start = dt.date.fromisoformat(match[1])
    until = dt.date.fromisoformat(match[2]) if match[2] else None
    if until and until < start:
        raise ValueError(f"the period ends on {until}, before it starts on {start}; swap the two days")
    return Period(start=start, until=until)


def _money(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= 1e15:
        raise ValueError("money is a plain number in the pack's currency; write it as 10000")
    return Decimal(str(raw))


def _count(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueError("a count is a whole number; write it as 5000")
    return raw


def _date(raw: Any) -> dt.date:
    if type(raw) is dt.date:
        return raw
    raise ValueError("a date is a day; write it as 2027-01-31")


def _link(raw: Any) -> str:
    if isinstance(raw, str) and re.match(r"^https://[a-z0-9.-]+(/\S*)?$", raw):
        return raw
    raise ValueError("a link is an https address in lower case; write it as https://m.islet.example/a1")


def _phone(raw: Any) -> str:
    if isinstance(raw, str) and re.match(r"^[\d+][\d-]{4,19}$", raw):
        return raw
    raise ValueError('a phone number is a quoted string of digits; write it as "400-555-0135"')


def _reward(raw: Any) -> dict[str, str]:
    if isinstance(raw, dict) and all(isinstance(raw.get(locale), str) and raw[locale] for locale in LOCALES):
        return dict(raw)
    raise ValueError("a reward is a text in every locale; write {zh-Hans: …, zh-Hant: …, en: …}")


PARSERS = {
    "rate": parse_percent,
    "benchmark": parse_percent,
    "money": _money,
    "term": parse_term,
    "date": _date,
    "period": parse_period,
    "count": _count,
    "reward": _reward,
    "link": _link,
    "phone": _phone,
}


class FactValue(BaseModel):
    """`{kind: value}` as it stands in a pack, parsed into its type."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    kind: Kind
    value: Any

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: Any) -> Any:
        if isinstance(raw, FactValue):
            return raw
        if not isinstance(raw, dict) or len(raw) != 1:
            raise ValueError('a fact is one kind and its value; write it as {rate: "2.20%"} or {money: 50}')
        kind, value = next(iter(raw.items()))
        if kind not in PARSERS:
            raise ValueError(f"“{kind}” is no kind of fact; use one of {', '.join(PARSERS)}")
        return {"kind": kind, "value": PARSERS[kind](value)}

    @property
    def comparable(self) -> object:
        """What two facts of one kind are equal by."""
        return self.value.measure if isinstance(self.value, Term) else self.value
