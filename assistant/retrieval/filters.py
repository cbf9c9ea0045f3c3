"""What may be found at all: the hard filter, as Chroma's `where` and in words for the person who asks why not."""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.domain.values import Locale
from assistant.retrieval.collection import Where
from assistant.retrieval.entry import Entry, EntryKind
from assistant.retrieval.scope import number


@dataclass(frozen=True, slots=True)
class Filter:
    """Each field that is given must hold.

    Products, product types and a campaign ask for entries about them; the other fields for where an entry holds.
    """

    locale: Locale | None = None
    market: str | None = None
    jurisdiction: str | None = None
    products: tuple[str, ...] = ()
    campaign: str | None = None
    kinds: tuple[EntryKind, ...] = ()
    product_types: tuple[str, ...] = ()
    segment: str | None = None
    on: dt.date | None = None

    def where(self) -> Where | None:
        """The filter as Chroma reads it; None where everything passes."""
        parts = list(self._parts())
        return {"$and": parts} if len(parts) > 1 else parts[0] if parts else None

    def _lists(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        yield "markets", _one(self.market), "another market"
        yield "jurisdictions", _one(self.jurisdiction), "another jurisdiction"
        yield "products", self.products, "another product"
        yield "campaigns", _one(self.campaign), "another campaign"
        yield "product_types", self.product_types, "another product type"
        yield "segments", _one(self.segment), "another segment"

    def _parts(self) -> Iterator[Where]:
        if self.locale:
            yield {"locale": self.locale}
        if self.kinds:
            yield {"kind": {"$in": list(self.kinds)}}
        for key, wanted, _ in self._lists():
            choices: list[Where] = [{key: {"$contains": one}} for one in wanted]
            if choices:
                yield {"$or": choices} if len(choices) > 1 else choices[0]
        if self.on:
            yield {"start": {"$lte": number(self.on)}}
            yield {"until": {"$gte": number(self.on)}}
            early, late = _days_of_year(self.on)
            stretches = [("year_from", "year_until"), ("turn_from", "turn_until")]
            yield {"$or": [{"$and": [{a: {"$lte": late}}, {b: {"$gte": early}}]} for a, b in stretches]}

    def refusal(self, entry: Entry) -> str:
        """Why the filter refuses an entry; empty where it does not."""
        found: dict[str, Any] = dict(entry.metadata)
        if self.kinds and entry.kind not in self.kinds:
            return "another kind"
        for key, wanted, why in self._lists():
            if wanted and not set(wanted) & set(found.get(key, ())):
                return why
        if self.on and (why := _not_on(found, entry.kind, self.on)):
            return why
        return "another locale" if self.locale and entry.locale != self.locale else ""


def _one(given: str | None) -> tuple[str, ...]:
    return (given,) if given else ()


def _days_of_year(day: dt.date) -> tuple[int, int]:
    """MMDD twice: what an end, and what a beginning is compared with.

    A run from 29 February begins on the 28th in short years.
    """
    early = day.month * 100 + day.day
    return early, 229 if early == 228 and not isleap(day.year) else early


def _not_on(found: dict[str, Any], kind: str, day: dt.date) -> str:
    if number(day) > found["until"]:
        return f"{kind} is over on {day}"
    if number(day) < found["start"]:
        return f"{kind} has not begun on {day}"
    early, late = _days_of_year(day)
    stretches = [("year_from", "year_until"), ("turn_from", "turn_until")]
    if any(found[a] <= late and found[b] >= early for a, b in stretches):
        return ""
    return f"{kind} does not run on {day}"
