"""How a value is written in each locale, and as short or as long as it can get."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from assistant.domain.facts import Fact
from assistant.domain.values import Locale, Period, Term

_MONTHS = "January February March April May June July August September October November December".split()
_LEAP = 2028
"""A year that has every day of the calendar, for days that come round each year (`11-11`)."""
_UNITS: dict[Locale, dict[str, str]] = {
    "zh-Hans": {"minute": "分钟", "hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年"},
    "zh-Hant": {"minute": "分鐘", "hour": "小時", "day": "天", "week": "週", "month": "個月", "year": "年"},
}


def percent(value: Decimal) -> str:
    """Percent points without idle zeros, one decimal at least where there is a fraction: `2.2%`."""
    return f"{value.normalize():f}%"


def money(value: Decimal, locale: Locale) -> str:
    """An amount in CNY: `1万元`, `人民幣1萬元`, `CNY 10,000`."""
    plain = value.normalize()
    if locale == "en":
        return f"CNY {plain:,f}"
    tens = plain / 10000
    if plain >= 10000 and tens == tens.quantize(Decimal("0.01")):
        number = f"{tens.normalize():f}{'万' if locale == 'zh-Hans' else '萬'}"
    else:
        number = f"{plain:f}"
    return f"{number}元" if locale == "zh-Hans" else f"人民幣{number}元"


def term(value: Term, locale: Locale) -> str:
    """A length of time: `2年`, `2年`, `2 years`."""
    if locale == "en":
        return f"{value.number} {value.unit}{'' if value.number == 1 else 's'}"
    return f"{value.number}{_UNITS[locale][value.unit]}"


def date(value: dt.date, locale: Locale) -> str:
    """A day without its year: `1月31日`, `31 January`."""
    if locale == "en":
        return f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{value.month}月{value.day}日"


def period(value: Period, locale: Locale) -> str:
    """A span of days; an open one says only when it began."""
    if value.until is None:
        return {"en": f"from {date(value.start, locale)}"}.get(locale, f"{date(value.start, locale)}起")
    joint = {"en": " to "}.get(locale, "至")
    return f"{date(value.start, locale)}{joint}{date(value.until, locale)}"


def written(fact: Fact, locale: Locale) -> str:
    """The fact as a customer reads it."""
    value: Any = fact.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return percent(value) if fact.kind in ("rate", "benchmark") else money(value, locale)
    if isinstance(value, Term):
        return term(value, locale)
    if isinstance(value, Period):
        return period(value, locale)
    if isinstance(value, dt.date):
        return date(value, locale)
    if isinstance(value, dict):
        return fact.text(locale)
    if fact.kind == "date":
        return date(dt.date.fromisoformat(f"{_LEAP}-{value}"), locale)
    return f"{value:,}" if isinstance(value, int) and locale == "en" else str(value)
