"""The desk's own work: how much was written and decided, how long an approval took, what was objected to."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.item import Act
from assistant.review.insights.span import Span
from assistant.review.results.statistics import Interval, wilson

STEPS: tuple[Act, ...] = ("submit", "approve", "release")
BACK: tuple[Act, ...] = ("reject", "ask")
P90 = 8
"""The ninth of the nine cuts that make tenths."""


class Store(Protocol):
    """What counts texts."""

    def written(self, bounds: Sequence[dt.datetime], campaign: str | None = None) -> list[int]: ...
    def decided(
        self, acts: Sequence[Act], bounds: Sequence[dt.datetime], campaign: str | None = None
    ) -> dict[str, list[int]]: ...
    def waits(self, since: dt.datetime, until: dt.datetime, campaign: str | None = None) -> list[float]: ...
    def objections(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[dict[tuple[str, str], int], int]: ...
    def sent_back(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> list[tuple[str, str, int]]: ...


@dataclass(frozen=True, slots=True)
class Volume:
    """Texts by piece of a span: `counts` of `write`, `submit`, `approve`, `release`, one a piece."""

    starts: tuple[dt.date, ...]
    step: int
    counts: Mapping[str, tuple[int, ...]]

    def total(self, act: str) -> int:
        """Of the whole span."""
        return sum(self.counts[act])


@dataclass(frozen=True, slots=True)
class Waiting:
    """From submission to approval, of so many approvals: the median and the time within which nine of ten came."""

    of: int
    median: dt.timedelta | None
    p90: dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a whole; `of` is above 0. `kind`: the rule's severity, or the act that sent back."""

    key: str
    kind: str
    count: int
    of: int

    @property
    def share(self) -> Interval:
        """The share with its interval of 95 %."""
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Objections:
    """`rules`: texts in which a rule has a finding, of all that were written; `texts`: those with any finding.
    `reasons`: why texts were sent back, of `decided` decisions, `back` of which sent one back."""

    rules: tuple[Part, ...]
    texts: int
    written: int
    reasons: tuple[Part, ...]
    back: int
    decided: int


@dataclass(frozen=True)
class Work:
    """Counts the desk's work. `campaign`: of one alone."""

    store: Store

    def volume(self, span: Span, campaign: str | None = None) -> Volume:
        """Texts written, submitted, approved, released."""
        bounds = span.bounds
        counts = {"write": self.store.written(bounds, campaign), **self.store.decided(STEPS, bounds, campaign)}
        return Volume(span.starts, span.step, {act: tuple(found) for act, found in counts.items()})

    def waiting(self, span: Span, campaign: str | None = None) -> Waiting:
        """How long approvals took; nights and holidays count."""
        found = self.store.waits(span.since, span.until, campaign)
        if not found:
            return Waiting(0, None, None)
        p90 = statistics.quantiles(found, n=10, method="inclusive")[P90] if len(found) > 1 else found[0]
        return Waiting(len(found), dt.timedelta(seconds=statistics.median(found)), dt.timedelta(seconds=p90))

    def objections(self, span: Span, campaign: str | None = None) -> Objections:
        """What rules and checkers objected to, the most frequent first."""
        since, until = span.since, span.until
        rules, texts = self.store.objections(since, until, campaign)
        written = sum(self.store.written((since, until), campaign))
        back = self.store.sent_back(since, until, campaign)
        approved = sum(self.store.decided(("approve",), (since, until), campaign)["approve"])
        sent = sum(count for _act, _reason, count in back)
        found = [Part(rule, severity, count, written) for (rule, severity), count in rules.items()]
        reasons = [Part(reason, act, count, sent) for act, reason, count in back]
        return Objections(_ordered(found), texts, written, _ordered(reasons), sent, sent + approved)


def _ordered(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda one: (-one.count, one.key, one.kind)))
