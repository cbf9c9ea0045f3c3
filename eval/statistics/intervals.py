"""A mean and how far it may be off, where rows come in clusters: by Student's t or by bootstrap; Wilson for a share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assistant.errors import InputError
from assistant.review.results.statistics import Interval, wilson
from eval.statistics.clusters import Floats, Sums, codes, finite, mean_sums
from eval.statistics.student import beyond, quantile
from eval.statistics.undefined import Undefined

Groups = Sequence[object] | NDArray[np.generic] | None
AT_ONCE = 1 << 18
"""Draws held in memory at a time: two megabytes of numbers."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its standard error, the degrees of freedom of its t, and the number of clusters behind it."""

    value: float
    error: float
    freedom: float
    clusters: int

    def interval(self, level: float = 0.95) -> Interval:
        """The two-sided interval of this level."""
        width = quantile((1 + level) / 2, self.freedom) * self.error
        return Interval(self.value, self.value - width, self.value + width)

    def p(self, against: float = 0.0) -> float:
        """Two-sided p-value of the value being `against`; 1 where it is exactly that."""
        off = self.value - against
        if self.error == 0:
            return 1.0 if off == 0 else 0.0
        return beyond(off / self.error, self.freedom)


def mean(values: ArrayLike, clusters: Groups = None) -> Estimate | Undefined:
    """The mean of n values, robust to `clusters` (n labels). Undefined below two clusters; InputError for bad input."""
    given = finite(values, "list of values")
    if not given.size:
        return Undefined("There are no values.")
    return robust(mean_sums(given, codes(clusters, given.size)))


def robust(sums: Sums) -> Estimate | Undefined:
    """A ratio of sums with a cluster-robust error that is not too small where clusters are few or unequal.

    CR2 of Bell and McCaffrey (2002): each cluster's residual is divided by what the fit took of it, 1 - share. The
    degrees of freedom are Satterthwaite's, for clusters as alike within as these are (Imbens and Kolesar 2016);
    clusters of one size have G - 1.
    """
    count, total = len(sums.bottom), float(sums.bottom.sum())
    share = sums.bottom / total
    if count < 2 or bool((share >= 1).any()):
        return Undefined("All rows are of one cluster: nothing tells how another would fall out.")
    left = sums.top - sums.value * sums.bottom
    error = math.sqrt(float((left**2 / (1 - share)).sum())) / total
    expected = sums.squares + sums.likeness * (sums.bottom**2 - sums.squares)
    return Estimate(sums.value, error, satterthwaite(share, expected), count)


def satterthwaite(share: Floats, expected: Floats) -> float:
    """tr(Q)²/tr(Q²) of the CR2 variance as a quadratic form in the clusters' sums, in one pass.

    `share`: each cluster's part h of all; `expected`: the variance v of its sum, in any unit. With c = 1/(1-h) and
    V = Σv, Q = c½(diag(v) - vh' - hv' + V·hh')c½, whose second part has rank two.
    """
    scale, whole = 1 / (1 - share), float(expected.sum())
    if whole <= 0:
        return float(len(share) - 1)
    own = whole * share**2 - 2 * expected * share
    both, of_v, of_h = (float((scale * one).sum()) for one in (expected * share, expected**2, share**2))
    trace = float((scale * (expected + own)).sum())
    squared = float((scale**2 * expected * (expected + 2 * own)).sum())
    squared += 2 * of_v * of_h + 2 * both**2 + (whole * of_h) ** 2 - 4 * whole * both * of_h
    return max(1.0, min(float(len(share) - 1), trace**2 / squared))


def plain_error(sums: Sums) -> float:
    """The usual cluster-robust standard error, √(G/(G-1)·Σe²)/n (Liang and Zeger 1986), to compare others with."""
    count, left = len(sums.bottom), sums.top - sums.value * sums.bottom
    return math.sqrt(count / (count - 1) * float((left**2).sum())) / float(sums.bottom.sum())


def bootstrap_mean(
    values: ArrayLike, clusters: Groups = None, *, resamples: int = 2000, level: float = 0.95, seed: int = 0
) -> Interval | Undefined:
    """The mean of n values with the percentile interval of whole clusters drawn anew. Undefined below two clusters."""
    given = finite(values, "list of values")
    if not given.size:
        return Undefined("There are no values.")
    return bootstrap(mean_sums(given, codes(clusters, given.size)), resamples=resamples, level=level, seed=seed)


def bootstrap(sums: Sums, *, resamples: int = 2000, level: float = 0.95, seed: int = 0) -> Interval | Undefined:
    """A ratio of sums with the percentile interval of a cluster bootstrap (Efron 1979; Cameron, Gelbach, Miller 2008).

    The percentiles are taken further out where clusters are few, as far as Student's t and the variance's n-1 are from
    the normal (Hesterberg 2015, the expanded percentile interval), else intervals of twenty clusters are too short.
    """
    found = robust(sums)
    if isinstance(found, Undefined):
        return found
    drawn = resampled(np.stack([sums.top, sums.bottom], axis=1), resamples, seed)
    ratios = drawn[:, 0] / np.where(drawn[:, 1] > 0, drawn[:, 1], np.nan)
    return Interval(found.value, *percentiles(ratios[np.isfinite(ratios)], found.freedom, found.clusters, level))


def percentiles(values: Floats, freedom: float, clusters: int, level: float) -> tuple[float, float]:
    """The expanded percentiles of resampled values, for a statistic whose t would have `freedom` degrees."""
    z = quantile((1 + level) / 2, freedom) * math.sqrt(clusters / (clusters - 1))
    outside = 1 - NormalDist().cdf(z)
    low, high = np.quantile(values, [outside, 1 - outside])
    return float(low), float(high)


def resampled(sums: Floats, resamples: int, seed: int) -> Floats:
    """Sums (G × k) of G clusters drawn with replacement, `resamples` times: resamples × k."""
    count, kinds = sums.shape
    generator, drawn = np.random.default_rng(seed), np.empty((resamples, kinds))
    step = max(1, AT_ONCE // count)
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        chosen = generator.integers(0, count, size=(rows, count)) + count * np.arange(rows)[:, None]
        often = np.bincount(chosen.ravel(), minlength=rows * count).reshape(rows, count)
        drawn[start : start + rows] = often @ sums
    return drawn


def share(count: int, of: int, level: float = 0.95) -> Interval | Undefined:
    """A share of independent cases with Wilson's score interval (1927). InputError where the count cannot be."""
    if not 0 <= count <= of:
        raise InputError(f"{count} of {of} is no share.", "Count from 0 to the number of cases.")
    return wilson(count, of, NormalDist().inv_cdf((1 + level) / 2)) if of else Undefined("There are no cases.")
