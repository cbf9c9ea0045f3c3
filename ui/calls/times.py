"""Moments and lengths of time as the page shows them."""

from __future__ import annotations

import datetime as dt

from assistant.domain.formats import date
from assistant.domain.values import Locale
from ui.words import Words

_HOUR, _MINUTE = 3600, 60
HOURS_S = 4 * _HOUR
"""From here on a countdown tells hours alone."""


def clock(seconds: float, words: Words) -> str:
    """A length of time as on a clock, its sign left out: `04:18`, `1:04:18`, `15 h`."""
    whole = abs(int(seconds))
    if whole >= HOURS_S:
        return words("calls.hours", n=whole // _HOUR)
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


def moment(at: dt.datetime, now: dt.datetime, locale: Locale) -> str:
    """A moment as one reads it on a day: `11:10` today, else with its day."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{day(at.date(), now.date(), locale)} {at:%H:%M}"


def day(on: dt.date, today: dt.date, locale: Locale) -> str:
    """A day, with its year where that is another than today's."""
    said = date(on, locale)
    if on.year == today.year:
        return said
    return f"{said} {on.year}" if locale == "en" else f"{on.year}年{said}"
