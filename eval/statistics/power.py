"""Before the run: how many cases it takes, and what a given number can show at all. Normal approximations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from assistant.errors import InputError
from eval.statistics.student import quantile
from eval.statistics.undefined import Undefined


def pairs_for(win_rate: float, *, level: float = 0.05, power: float = 0.8) -> int:
    """Pairs that show a win rate (of decided pairs) to be other than one half, two-sided.

    The score test of a share, with the variance of each hypothesis: ((z½ + z√(p(1-p)))/(p-½))² (Fleiss 1981). To the
    nearest whole: half a case is less than the approximation knows.
    """
    if not 0 < win_rate < 1 or win_rate == 0.5:
        raise InputError(
            f"A win rate of {win_rate} cannot be told from one half.", "Name one between 0 and 1, not 0.5."
        )
    return max(1, round(exact_pairs(win_rate, level, power)))


def exact_pairs(win_rate: float, level: float, power: float) -> float:
    """`pairs_for` before it is made a whole number."""
    one, other = _z(level, power)
    spread = one * 0.5 + other * math.sqrt(win_rate * (1 - win_rate))
    return (spread / (win_rate - 0.5)) ** 2


def cases_for(change: float, discordance: float, *, level: float = 0.05, power: float = 0.8) -> int:
    """Cases that show a paired change of a pass rate, where a share `discordance` of cases differs between the runs.

    (z + z)²(d - c²)/c², the variance of a paired difference (Connor 1987), to the nearest whole. InputError: a change
    that so few differing cases cannot make.
    """
    if not 0 < abs(change) <= discordance <= 1:
        raise InputError(
            f"A change of {change} cannot come of {discordance} of the cases differing.",
            "The share that differs is at least the change, and at most 1.",
        )
    return max(1, round(exact_cases(change, discordance, level, power)))


def exact_cases(change: float, discordance: float, level: float, power: float) -> float:
    """`cases_for` before it is made a whole number."""
    return sum(_z(level, power)) ** 2 * (discordance - change**2) / change**2


def design_effect(sizes: Sequence[int], likeness: float) -> float:
    """What clusters make of the variance of a mean, as a factor: 1 + (Σm²/Σm - 1)·likeness (Kish 1965)."""
    if not sizes or min(sizes) < 1 or not 0 <= likeness <= 1:
        raise InputError("Clusters need a size of at least 1 and a correlation from 0 to 1.", "Name the sizes seen.")
    return 1 + (sum(size * size for size in sizes) / sum(sizes) - 1) * likeness


def detectable(
    sizes: Sequence[int], likeness: float, spread: float, *, level: float = 0.05, power: float = 0.8
) -> float | Undefined:
    """The least change of a mean that a run with clusters of these sizes shows, in the unit of `spread`.

    `spread`: the standard deviation of a case's value, or of its paired difference; `likeness`: the intra-cluster
    correlation of it. t with G - 1 degrees, as the interval afterwards (Donner and Klar 2000). Undefined: one cluster.
    """
    effect = design_effect(sizes, likeness)
    if len(sizes) < 2:
        return Undefined("All cases are of one cluster: no change can be told from its own chance.")
    return _t(len(sizes) - 1, level, power) * spread * math.sqrt(effect / sum(sizes))


def detectable_share(
    sizes: Sequence[int], likeness: float, discordance: float, *, level: float = 0.05, power: float = 0.8
) -> float | Undefined:
    """The least paired change of a pass rate that a run shows where a share `discordance` of cases differs.

    Undefined where even all of these falling to one side would not do.
    """
    effect = design_effect(sizes, likeness)
    if len(sizes) < 2:
        return Undefined("All cases are of one cluster: no change can be told from its own chance.")
    factor = _t(len(sizes) - 1, level, power) ** 2
    change = math.sqrt(factor * discordance / (sum(sizes) / effect + factor))
    if change > discordance:
        return Undefined(f"With {sum(sizes)} cases, not even {discordance:.1%} of them all falling one way would show.")
    return change


def detectable_win_rate(pairs: int, *, level: float = 0.05, power: float = 0.8) -> float | Undefined:
    """The least win rate above one half that so many pairs show. Undefined where winning them all would not do."""
    low, high = 0.5, 1.0
    if pairs < 1 or exact_pairs(1.0, level, power) > pairs:
        return Undefined(f"{pairs} pairs show nothing, whoever wins them.")
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if exact_pairs(middle, level, power) > pairs else (low, middle)
    return high


def _z(level: float, power: float) -> tuple[float, float]:
    _meant(level, power)
    return NormalDist().inv_cdf(1 - level / 2), NormalDist().inv_cdf(power)


def _t(freedom: float, level: float, power: float) -> float:
    _meant(level, power)
    return quantile(1 - level / 2, freedom) + quantile(power, freedom)


def _meant(level: float, power: float) -> None:
    if not 0 < level < 1 or not 0.5 <= power < 1:
        raise InputError(f"A level of {level} and a power of {power} cannot be.", "Name 0.05 and 0.8, for instance.")
