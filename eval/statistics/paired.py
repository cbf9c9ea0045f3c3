"""Two runs over the same cases: how far the second is from the first, and whether chance alone would do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assistant.errors import InputError
from assistant.review.results.statistics import Interval
from eval.statistics.clusters import codes, finite, mean_sums
from eval.statistics.intervals import Estimate, Groups, bootstrap, robust
from eval.statistics.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Paired:
    """Second less first: by cluster-robust t, and the interval of the cluster bootstrap beside it."""

    estimate: Estimate
    resampled: Interval
    cases: int


def difference(
    first: ArrayLike,
    second: ArrayLike,
    clusters: Groups = None,
    *,
    resamples: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Paired | Undefined:
    """The mean of `second - first` over n cases (arrays of n, in one order). InputError where lengths differ."""
    one, other = finite(first, "first run"), finite(second, "second run")
    if one.size != other.size:
        raise InputError(f"One run has {one.size} cases, the other {other.size}.", "Give the cases that both have.")
    if not one.size:
        return Undefined("The two runs have no case in common.")
    sums = mean_sums(other - one, codes(clusters, one.size))
    estimate, drawn = robust(sums), bootstrap(sums, resamples=resamples, level=level, seed=seed)
    if isinstance(estimate, Undefined):
        return estimate
    if isinstance(drawn, Undefined):
        return drawn
    return Paired(estimate, drawn, one.size)


@dataclass(frozen=True, slots=True)
class McNemar:
    """Cases that only one run passed, and two p-values: `exact` never too small, `mid` nearer to the level it names."""

    only_first: int
    only_second: int
    exact: float
    mid: float


def mcnemar(only_first: int, only_second: int) -> McNemar:
    """McNemar's test (1947) of independent cases from the two counts of discordant ones; p is 1 where there are none.

    Two-sided, from the binomial with even odds. `mid` counts half of what is as likely as the outcome (Lancaster 1961;
    Fagerland, Lydersen, Laake 2013). Cases in clusters are not independent: use `difference` for those.
    """
    if only_first < 0 or only_second < 0:
        raise InputError(f"Counts of cases are {only_first} and {only_second}.", "Count from 0.")
    every, fewer = only_first + only_second, min(only_first, only_second)
    term = below = 1
    for step in range(1, fewer + 1):
        term = term * (every - step + 1) // step
        below += term
    return McNemar(only_first, only_second, min(1.0, 2 * below / 2**every), (2 * below - term) / 2**every)


def discordant(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """McNemar's test from each case's two outcomes. InputError where lengths differ."""
    one, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if one.size != other.size:
        raise InputError(f"One run has {one.size} cases, the other {other.size}.", "Give the cases that both have.")
    return mcnemar(int((one & ~other).sum()), int((other & ~one).sum()))
