"""What a run says, a metric a line: always made from the rows, never kept beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.review.results.statistics import Interval
from eval.running.side import Side
from eval.statistics.intervals import Estimate, mean
from eval.statistics.undefined import Undefined

COST = "_cost"
"""A metric whose name ends so is better where it is lower."""


@dataclass(frozen=True, slots=True)
class Line:
    """A metric's mean over its cases with an interval robust to clusters; `without` are cases that have no value.
    `share`: every value lies from 0 to 1."""

    metric: str
    cases: int
    without: int
    estimate: Estimate | Undefined
    share: bool = False

    def span(self) -> Interval:
        """The mean with its interval, which of shares ends at 0 and 1."""
        assert isinstance(self.estimate, Estimate)
        found = self.estimate.interval()
        return Interval(found.value, max(0.0, found.low), min(1.0, found.high)) if self.share else found

    def told(self) -> dict[str, Any]:
        """The line as JSON; without an estimate it says why."""
        told: dict[str, Any] = {"metric": self.metric, "cases": self.cases, "without": self.without}
        if not isinstance(self.estimate, Estimate):
            return {**told, "why": self.estimate.why}
        span = self.span()
        return {
            **told,
            "mean": round(span.value, 6),
            "low": round(span.low, 6),
            "high": round(span.high, 6),
            "clusters": self.estimate.clusters,
        }


def summary(side: Side) -> list[Line]:
    """A line for every metric, by name."""
    lines = []
    for metric, of in sorted(side.values.items()):
        known = [(side.clusters[case], value) for case, value in of.items() if value is not None]
        found = mean([value for _, value in known], [cluster for cluster, _ in known])
        share = all(0 <= value <= 1 for _, value in known)
        lines.append(Line(metric, len(known), len(of) - len(known), found, share))
    return lines
