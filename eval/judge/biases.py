"""Whether a judge follows something else than the texts: their order, their length, or nothing at all.

Every finding has an interval over clusters drawn anew, and one of three ends: `clear`, where the interval lies within
the limit; `found`, where it lies beyond; `not_enough`, where it does neither. That judges follow order and length:
Zheng et al. 2023, Dubois et al. 2024.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from assistant.review.results.statistics import Interval
from eval.judge.judge import Side
from eval.statistics.agreement import LOST, Draw
from eval.statistics.intervals import bootstrap_mean, percentiles, resampled
from eval.statistics.undefined import Undefined

End = Literal["clear", "found", "not_enough"]
_FIRST, _SECOND = ("a", "b"), ("b", "a")


class Limits(BaseModel):
    """How large a bias may be. `position`, `length`: differences of shares; `levels`: a difference of levels; with
    fewer than `pairs` of them (`side`: of either sort) nothing is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    position: float = Field(gt=0, lt=1)
    length: float = Field(gt=0, lt=1)
    levels: float = Field(gt=0)
    pairs: int = Field(ge=2)
    side: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair as a judge and people compared it. `said`: each order's answer, the first with a before b; `lengths` of a
    and b in characters; `people`: what most of them prefer, None where nobody compared it."""

    cluster: str
    said: tuple[Side, Side]
    better: Side
    lengths: tuple[int, int]
    people: Side | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """A text as a judge and people rated it."""

    cluster: str
    level: int
    people: int
    characters: int


@dataclass(frozen=True, slots=True)
class Bias:
    """What was found of a bias, in words that say what was counted. `interval` is None where nothing can be said."""

    bias: str
    end: End
    words: str
    interval: Interval | None = None


def position(pairs: Sequence[Compared], limits: Limits, drawn: Draw) -> Bias:
    """Whether the verdict follows the order: the share of pairs whose first text was taken both times, less the share
    whose second was."""
    if len(pairs) < limits.pairs:
        return _few("position", len(pairs), limits.pairs, "pairs asked in both orders")
    scores = [1.0 if one.said == _FIRST else -1.0 if one.said == _SECOND else 0.0 for one in pairs]
    found = _mean(scores, [one.cluster for one in pairs], drawn)
    first, second = scores.count(1.0) / len(pairs), scores.count(-1.0) / len(pairs)
    apart = sum(one.said[0] != one.said[1] for one in pairs) / len(pairs)
    words = (
        f"Of {len(pairs)} pairs asked in both orders {apart:.1%} were answered otherwise the other way round; "
        f"{first:.1%} went to the first text both times, {second:.1%} to the second"
    )
    return _ended("position", found, limits.position, words, both=True)


def length(pairs: Sequence[Compared], limits: Limits, drawn: Draw) -> Bias:
    """Whether a judge prefers the longer text beyond people's own preference.

    Held against what people prefer: where they took the shorter, how often the judge took the longer; where they took
    the longer, how often the judge took the shorter. A judge that only errs does both alike.
    """
    told = [(_leaning(one.people, one.lengths), _leaning(one.better, one.lengths), one.cluster) for one in pairs]
    shorter = [(judge, cluster) for people, judge, cluster in told if people < 0]
    longer = [(judge, cluster) for people, judge, cluster in told if people > 0]
    if min(len(shorter), len(longer)) < limits.side:
        what = f"pairs where people prefer the shorter ({len(shorter)}) and the longer text ({len(longer)})"
        return _few("length", min(len(shorter), len(longer)), limits.side, what)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for at, rows, wrong in ((0, shorter, 1), (2, longer, -1)):
        for judge, cluster in rows:
            sums[cluster][at] += judge == wrong
            sums[cluster][at + 1] += 1
    found = _apart(sums, drawn)
    up, down = (sum(judge == wrong for judge, _ in rows) / len(rows) for rows, wrong in ((shorter, 1), (longer, -1)))
    words = (
        f"Where people prefer the shorter text the judge takes the longer in {up:.1%} of {len(shorter)}; where they "
        f"prefer the longer it takes the shorter in {down:.1%} of {len(longer)}"
    )
    return _ended("length", found, limits.length, words)


def length_of_levels(texts: Sequence[Rated], limits: Limits, drawn: Draw) -> Bias:
    """Whether a longer text gets a higher level than a shorter one that people put on the same level, in levels."""
    by_level: dict[int, list[Rated]] = defaultdict(list)
    for one in texts:
        by_level[one.people].append(one)
    scores, clusters = list[float](), list[str]()
    for rows in by_level.values():
        middle = statistics.median(one.characters for one in rows)
        sides = [(one, 1 if one.characters > middle else -1) for one in rows if one.characters != middle]
        if len({side for _, side in sides}) == 2:
            usual = statistics.fmean(one.level for one, _ in sides)
            scores += [2.0 * side * (one.level - usual) for one, side in sides]
            clusters += [one.cluster for one, _ in sides]
    if len(scores) < limits.pairs:
        return _few("length", len(scores), limits.pairs, "texts of one level and of different lengths")
    words = (
        f"Of {len(scores)} texts the longer ones stand higher than shorter ones of the same level by people, in levels"
    )
    return _ended("length", _mean(scores, clusters, drawn), limits.levels, words)


def signal(found: Interval | Undefined, rows: int, least: int) -> Bias:
    """Whether a judge agrees with people more than chance does. `found`: kappa with its interval."""
    if rows < least:
        return _few("no_signal", rows, least, "items that people and the judge judged")
    if isinstance(found, Undefined):
        return Bias("no_signal", "not_enough", f"Agreement with people has no value: {found.why}")
    shown = _shown(found)
    if found.low > 0:
        return Bias("no_signal", "clear", f"Agreement with people is above chance: kappa {shown}.", found)
    return Bias("no_signal", "found", f"Agreement with people is not above chance: kappa {shown} of {rows}.", found)


def _leaning(better: Side | None, lengths: tuple[int, int]) -> int:
    """1 for the longer, -1 for the shorter, 0 where neither or both are."""
    sign = {"a": 1, "b": -1}.get(better or "", 0)
    return sign * ((lengths[0] > lengths[1]) - (lengths[0] < lengths[1]))


def _mean(scores: Sequence[float], clusters: Sequence[str], drawn: Draw) -> Interval | Undefined:
    return bootstrap_mean(scores, clusters, resamples=drawn.resamples, level=drawn.level, seed=drawn.seed)


def _apart(sums: Mapping[str, Sequence[float]], drawn: Draw) -> Interval | Undefined:
    """One share less another, from each cluster's two counts and two totals."""
    table = np.array(list(sums.values()))
    if len(table) < 2:
        return Undefined("All rows are of one cluster: nothing tells how another would fall out.")
    every = resampled(table, drawn.resamples, drawn.seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = every[:, 0] / every[:, 1] - every[:, 2] / every[:, 3]
    whole = table.sum(axis=0)
    value = float(whole[0] / whole[1] - whole[2] / whole[3])
    told = shares[np.isfinite(shares)]
    if len(told) < (1 - LOST) * drawn.resamples:
        return Undefined("Too few clusters have pairs of both sorts: nothing tells how others would fall out.")
    return Interval(value, *percentiles(told, len(table) - 1, len(table), drawn.level))


def _ended(bias: str, found: Interval | Undefined, limit: float, words: str, both: bool = False) -> Bias:
    if isinstance(found, Undefined):
        return Bias(bias, "not_enough", f"{words}. {found.why}")
    end: End = "not_enough"
    if found.low > limit or (both and found.high < -limit):
        end = "found"
    elif found.high <= limit and (found.low >= -limit or not both):
        end = "clear"
    tail = {"clear": "within", "found": "beyond", "not_enough": "within or beyond, which cannot be told,"}[end]
    return Bias(bias, end, f"{words}: {_shown(found)}, {tail} the limit of {limit:g}.", found)


def _few(bias: str, rows: int, least: int, what: str) -> Bias:
    return Bias(bias, "not_enough", f"Too few {what}: {rows}, and {least} are needed.")


def _shown(found: Interval) -> str:
    return f"{found.value:+.2f} [{found.low:+.2f}, {found.high:+.2f}]"
