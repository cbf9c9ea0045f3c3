"""Numbers, shares, times and names as the page writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.pack import Pack
from assistant.review.insights.viewing import Told
from assistant.review.results.statistics import Interval
from ui.choices import Named
from ui.words import Words

NOTHING = "–"
_HOUR, _DAY = 3600.0, 86400.0


def number(value: Told | None) -> str:
    """A number with its thousands apart; `<5` as it is; a dash where nobody counted."""
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else value


_SMALL = 0.1
"""Below this a share has two decimals, so that intervals of small ones tell something."""


def percent(share: float | None, decimals: int | None = None) -> str:
    """A share, small ones more closely."""
    if share is None:
        return NOTHING
    return f"{share:.{_decimals(share) if decimals is None else decimals}%}"


def chance(p: float) -> str:
    """A probability."""
    return "< 0.0001" if p < 0.0001 else f"= {p:.4f}"


def _decimals(share: float) -> int:
    return 2 if share < _SMALL else 1


@dataclass(frozen=True)
class Figures:
    """Writes figures and names in the page's language."""

    pack: Pack
    words: Words

    def interval(self, share: Interval) -> str:
        """A share and where it may lie: `10.2 % (8.1–12.4 %)`."""
        many = _decimals(share.value)
        low, high = f"{share.low * 100:.{many}f}", percent(share.high, many)
        return self.words("insights.interval", share=percent(share.value, many), low=low, high=high)

    def points(self, difference: Interval) -> str:
        """A difference of two shares in percentage points, with its interval."""
        value, low, high = (f"{100 * one:+.1f}" for one in (difference.value, difference.low, difference.high))
        return self.words("insights.points", value=value, low=low, high=high)

    def lasted(self, span: dt.timedelta | None) -> str:
        """How long something took, in the unit that reads best."""
        if span is None:
            return NOTHING
        seconds = span.total_seconds()
        if seconds < _HOUR:
            return self.words("insights.minutes", n=round(seconds / 60))
        if seconds < 2 * _DAY:
            return self.words("insights.hours", n=f"{seconds / _HOUR:.1f}")
        return self.words("insights.days", n=f"{seconds / _DAY:.1f}")

    def day(self, day: dt.date) -> str:
        """A day with its year."""
        return self.words("insights.date", day=day.day, month=self._month(day), year=day.year)

    def short(self, day: dt.date) -> str:
        """A day without its year."""
        return self.words("insights.short_date", day=day.day, month=self._month(day))

    def month(self, day: dt.date) -> str:
        """The month of a day."""
        return self.words("insights.month_of", month=self._month(day), year=day.year)

    def weekday(self, day: dt.date) -> str:
        """The day of the week, short."""
        return self.words(f"insights.weekday.{day.isoweekday()}")

    def _month(self, day: dt.date) -> str:
        return self.words(f"insights.month.{day.month}")

    def name(self, of: str, key: str) -> str:
        """The name of a thing of the pack; its id where the pack has it no more."""
        if of == "angle":
            lexicon = self.pack.lexicon.get(self.words.locale)
            return (lexicon.angles if lexicon else {}).get(key, key)
        tables: Mapping[str, Mapping[str, Named]] = {
            "segment": self.pack.segments,
            "age": self.pack.ages,
            "channel": self.pack.channels,
            "campaign": self.pack.campaigns,
            "trigger": self.pack.triggers,
            "reason": self.pack.reasons,
        }
        table = tables.get(of, {})
        return table[key].name[self.words.locale] if key in table else key or NOTHING
