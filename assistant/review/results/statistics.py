"""Shares with their uncertainty, and whether a sample came out as it was planned. Closed forms, no tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""Of two-sided intervals of 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share or a difference of two, with the ends of its interval."""

    value: float
    low: float
    high: float


def wilson(count: int, of: int, z: float = Z) -> Interval:
    """A share with Wilson's score interval (1927). `of` must be above 0."""
    share = count / of
    spread = z * z / of
    middle, width = share + spread / 2, z * math.sqrt(share * (1 - share) / of + spread / of / 4)
    low, high = (middle - width) / (1 + spread), (middle + width) / (1 + spread)
    # At the ends the form is exact and floats are not.
    return Interval(share, 0.0 if count == 0 else max(0.0, low), 1.0 if count == of else min(1.0, high))


def newcombe(one: tuple[int, int], other: tuple[int, int], z: float = Z) -> Interval:
    """`one` less `other`, each (count, of), with Newcombe's hybrid score interval (1998, method 10)."""
    first, second = wilson(*one, z), wilson(*other, z)
    difference = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Interval(difference, difference - below, difference + above)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How a sample fell beside its plan: the statistic, its degrees of freedom, how likely chance alone is."""

    chi_square: float
    freedom: int
    p: float


def sample_ratio(seen: Mapping[str, int], planned: Mapping[str, float]) -> Ratio:
    """Pearson's test of counts against planned shares, which need not sum to 1. Needs two arms and a count."""
    total, shares = sum(seen.get(name, 0) for name in planned), sum(planned.values())
    expected = {name: total * share / shares for name, share in planned.items()}
    chi = sum((seen.get(name, 0) - one) ** 2 / one for name, one in expected.items())
    return Ratio(chi, len(planned) - 1, beyond(chi, len(planned) - 1))


def beyond(chi: float, freedom: int) -> float:
    """The probability that chi-square with `freedom` degrees is larger: a finite sum for every whole number of them."""
    half = chi / 2
    if chi <= 0:
        return 1.0
    if freedom % 2 == 0:
        term, total = 1.0, 1.0
        for step in range(1, freedom // 2):
            term *= half / step
            total += term
        return math.exp(-half) * total
    tail, term = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2
    total = 0.0
    for step in range(1, freedom // 2 + 1):
        total += term
        term *= half / (step + 0.5)
    return min(1.0, tail + math.exp(-half) * total)
