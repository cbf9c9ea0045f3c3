"""Where an entry holds, written as metadata that Chroma can filter by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.domain.catalogue import Run
from assistant.domain.pack import Pack
from assistant.domain.values import Period

FIRST_DAY, LAST_DAY = 0, 99_991_231
ALL_YEAR = (0, 9999)
NEVER = (9999, 0)


@dataclass(frozen=True, slots=True)
class Days:
    """When an entry holds.

    Days are YYYYMMDD; the two stretches of a year are MMDD, the second for a run over New Year.
    """

    start: int = FIRST_DAY
    until: int = LAST_DAY
    first: tuple[int, int] = ALL_YEAR
    second: tuple[int, int] = NEVER

    def metadata(self) -> dict[str, int]:
        """Six whole numbers."""
        return {
            "start": self.start,
            "until": self.until,
            "year_from": self.first[0],
            "year_until": self.first[1],
            "turn_from": self.second[0],
            "turn_until": self.second[1],
        }


def number(day: dt.date) -> int:
    """2026-10-20 → 20261020."""
    return day.year * 10_000 + day.month * 100 + day.day


def days_of(start: dt.date | None, until: dt.date | None) -> Days:
    """A single stretch, open where an end is None."""
    return Days(number(start) if start else FIRST_DAY, number(until) if until else LAST_DAY)


def window_days(window: Period | None) -> Days:
    """A product's window on sale."""
    return days_of(window.start, window.until) if window else Days()


def run_days(run: Run) -> Days:
    """A campaign's run, once or each year."""
    if run.recurs:
        start, until = (int(str(day).replace("-", "")) for day in (run.start, run.until))
        if start <= until:
            return Days(first=(start, until))
        return Days(first=(start, 1231), second=(101, until))
    return days_of(_day(run.start), _day(run.until))


def _day(given: dt.date | str | None) -> dt.date | None:
    return given if isinstance(given, dt.date) else None


def places(pack: Pack, markets: Iterable[str]) -> dict[str, list[str]]:
    """Markets and the laws that hold there; no market named means every market."""
    held = sorted(set(markets) & set(pack.institution.markets)) or list(pack.institution.markets)
    return {"markets": held, "jurisdictions": sorted({pack.jurisdiction(market) for market in held})}


def laws(pack: Pack, jurisdictions: Iterable[str]) -> dict[str, list[str]]:
    """Laws and the markets where they hold; no law named means every law."""
    asked = set(jurisdictions)
    held = [name for name in pack.institution.markets if not asked or pack.jurisdiction(name) in asked]
    return {"markets": held, "jurisdictions": sorted(asked) or sorted({pack.jurisdiction(name) for name in held})}


def without_empty(metadata: Mapping[str, str | int | Iterable[str]]) -> dict[str, str | int | list[str]]:
    """Lists made plain; an empty one is left out, for Chroma refuses it."""
    kept: dict[str, str | int | list[str]] = {}
    for key, value in metadata.items():
        if isinstance(value, str | int):
            kept[key] = value
        elif listed := sorted(set(value)):
            kept[key] = listed
    return kept
