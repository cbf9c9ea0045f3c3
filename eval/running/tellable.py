"""What a suite can show at all, before it is run: the least change that its cases and clusters can tell from chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.cases.case import Suite
from eval.running.side import Side
from eval.statistics.clusters import codes, mean_sums
from eval.statistics.power import detectable, detectable_share
from eval.statistics.undefined import Undefined

DIFFER = (0.02, 0.05, 0.10)
"""Shares of cases that answer otherwise than before: a small change of words makes few, a new prompt many."""
LIKENESS = 0.1
"""How alike the cases of a cluster are where no run has shown it yet."""


@dataclass(frozen=True)
class Tellable:
    """`sizes` of the clusters; `likeness` of their cases, and whether a run showed it (`seen`)."""

    sizes: tuple[int, ...]
    likeness: float = LIKENESS
    seen: bool = False

    def share(self, differ: float) -> float | Undefined:
        """The least change of a pass rate that shows, at 80 % power and 5 %, where so many of the cases differ."""
        return detectable_share(self.sizes, self.likeness, differ)


@dataclass(frozen=True)
class Metric:
    """The least change of a metric's mean that two *independent* runs with the spread of that one show; `passes` where
    its values are 0 and 1. Runs of the same cases are paired and show less; how much less is known afterwards."""

    name: str
    cases: int
    spread: float
    likeness: float
    least: float | Undefined
    passes: bool


def tellable(suite: Suite, before: Side | None = None) -> Tellable:
    """What a suite can show; cases are as alike within a cluster as the pass rates of an earlier run found."""
    sizes = tuple(sorted(Counter(case.cluster for case in suite.cases).values()))
    seen = [one.likeness for one in metrics(before) if one.passes] if before else []
    return Tellable(sizes, max(seen), True) if seen else Tellable(sizes)


def metrics(side: Side) -> list[Metric]:
    """The metrics of a run that vary, with what a run like it could show."""
    found = []
    for name, of in sorted(side.values.items()):
        known = [(side.clusters[case], value) for case, value in of.items() if value is not None]
        if len({value for _, value in known}) > 1:
            found.append(_metric(name, known))
    return found


def _metric(name: str, known: Sequence[tuple[str, float]]) -> Metric:
    values = np.array([value for _, value in known])
    likeness = mean_sums(values, codes([cluster for cluster, _ in known], len(known))).likeness
    spread = float(values.std(ddof=1))
    passes = set(values.tolist()) <= {0.0, 1.0}
    sizes = list(Counter(cluster for cluster, _ in known).values())
    return Metric(name, len(known), spread, likeness, detectable(sizes, likeness, spread * 2**0.5), passes)


def sentence(name: str, can: Tellable, differ: Sequence[float] = DIFFER) -> str:
    """A line for who starts the run."""
    told = []
    for one in differ:
        least = can.share(one)
        told.append(f"{one:.0%} → {least:.1%}" if isinstance(least, float) else f"{one:.0%} → none")
    like = f"{can.likeness:.2f} alike within a cluster, {'as seen' if can.seen else 'assumed'}"
    return (
        f"{name}: {sum(can.sizes):,} cases in {len(can.sizes)} clusters ({like}). The least change of a pass rate that "
        f"shows (80 % power, 5 %), by how many cases answer otherwise: {', '.join(told)}."
    )
