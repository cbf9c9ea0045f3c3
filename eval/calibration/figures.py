"""The three coefficients of agreement beside each other, over stacked comparisons of two, clusters kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any, Literal

from eval.calibration.bar import Coefficient
from eval.calibration.ratings import Panel, majority
from eval.statistics.agreement import Agreement, Draw, ac1, alpha, kappa
from eval.statistics.undefined import Undefined

Scale = Literal["nominal", "ordinal"]
Figure = Agreement | Undefined
Rows = Sequence[tuple[str, tuple[int | None, ...]]]
"""Cluster, and the levels beside each other."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Cohen's kappa (weighted by squares where levels are in order), Krippendorff's alpha, Gwet's AC1."""

    kappa: Figure
    alpha: Figure
    ac1: Figure

    def of(self, name: Coefficient) -> Figure:
        """One of them."""
        found: Figure = getattr(self, name)
        return found


def between_people(panel: Panel, items: Sequence[str], scale: Scale, draw: Draw) -> Figures:
    """How far people agree with each other: alpha and AC1 over all of them, kappa over every two."""
    raters = panel.raters
    rows = [(panel.clusters[item], tuple(panel.levels[item].get(rater) for rater in raters)) for item in items]
    pairs = [
        (panel.clusters[item], two)
        for item in items
        for two in combinations([panel.levels[item][rater] for rater in sorted(panel.levels[item])], 2)
    ]
    return Figures(two_raters(pairs, scale, draw), _alpha(rows, scale, draw), _asked(ac1, rows, draw=draw))


def figures(rows: Rows, scale: Scale, draw: Draw) -> Figures:
    """All three of rows of two."""
    return Figures(two_raters(rows, scale, draw), _alpha(rows, scale, draw), _asked(ac1, rows, draw=draw))


def two_raters(rows: Rows, scale: Scale, draw: Draw) -> Figure:
    """Kappa of rows of two."""
    return _asked(kappa, rows, weights="quadratic" if scale == "ordinal" else "none", draw=draw)


def one(name: Coefficient, rows: Rows, scale: Scale, draw: Draw) -> Figure:
    """One coefficient of rows of two."""
    made: Mapping[str, Callable[[], Figure]] = {
        "kappa": lambda: two_raters(rows, scale, draw),
        "alpha": lambda: _alpha(rows, scale, draw),
        "ac1": lambda: _asked(ac1, rows, draw=draw),
    }
    return made[name]()


def beside_the_rest(
    panel: Panel, items: Sequence[str], judge: Mapping[str, int] | None = None
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every rater of every item beside the majority of the item's other raters, the one yardstick that a rater and a
    judge can both be held against: cluster, level, majority. `judge`: its levels, in each rater's place."""
    for item in items:
        given = panel.levels[item]
        if len(given) > 1 and (judge is None or item in judge):
            for rater, level in given.items():
                rest = majority([other for name, other in given.items() if name != rater])
                yield panel.clusters[item], (level if judge is None else judge[item], rest)


def shown(figure: Figure) -> str:
    """A figure in words: `0.61 [0.55, 0.67] of 250`, or why there is none."""
    if isinstance(figure, Undefined):
        return f"undefined ({figure.why})"
    interval = figure.interval
    ends = (
        f"no interval: {interval.why}"
        if isinstance(interval, Undefined)
        else f"{interval.low:.2f}, {interval.high:.2f}"
    )
    return f"{figure.value:.2f} [{ends}] of {figure.items}"


def low(figure: Figure) -> float | None:
    """The lower end of a figure's interval; None where there is none."""
    if isinstance(figure, Undefined) or isinstance(figure.interval, Undefined):
        return None
    return figure.interval.low


def told(figure: Figure) -> dict[str, Any]:
    """A figure for a file: value, low, high, items; or `why` there is none."""
    if isinstance(figure, Undefined):
        return {"why": figure.why}
    interval = figure.interval
    ends = {"why": interval.why} if isinstance(interval, Undefined) else asdict(interval)
    return {"value": figure.value, "items": figure.items, **ends}


def _alpha(rows: Rows, scale: Scale, draw: Draw) -> Figure:
    return _asked(alpha, rows, scale=scale, draw=draw)


def _asked(coefficient: Callable[..., Figure], rows: Rows, **how: Any) -> Figure:
    if not rows:
        return Undefined("No item was rated by two raters, so nothing can be compared.")
    return coefficient([levels for _, levels in rows], [cluster for cluster, _ in rows], **how)
