"""Strengths out of comparisons: Bradley-Terry with Davidson's ties, most likely values with intervals.

P(i over j) = s_i / (s_i + s_j + v√(s_i s_j)), P(tie) = v√(s_i s_j) / (…), as logs: three alternatives with the
utilities t_i, t_j and d + (t_i + t_j)/2, whose likelihood has one peak (Bradley, Terry 1952; Davidson 1970).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np

from assistant.errors import InputError
from assistant.review.results.statistics import Interval
from eval.statistics.clusters import Codes, Floats, codes
from eval.statistics.comparable import need_ranking
from eval.statistics.davidson import most_likely
from eval.statistics.intervals import Groups
from eval.statistics.student import quantile

Won = Literal["first", "second", "tie"]
OUTCOMES: tuple[Won, ...] = ("first", "second", "tie")


class Compared(NamedTuple):
    """One comparison of two that are named."""

    first: str
    second: str
    won: Won


@dataclass(frozen=True, slots=True)
class Ranking:
    """Log strengths that sum to 0 (arrays of K), the log of v for ties or None, and their covariance."""

    names: tuple[str, ...]
    strengths: Floats
    ties: float | None
    covariance: Floats
    freedom: float | None
    """Of t, where comparisons come in clusters."""

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """The log strength beside the mean of all: 0 is as strong as that."""
        return self._interval(np.array([float(one == self._known(name)) for one in self.names]), level)

    def between(self, one: str, other: str, level: float = 0.95) -> Interval:
        """How far the log strength of `one` is above that of `other`."""
        return self._interval(
            np.array([float(x == self._known(one)) - float(x == self._known(other)) for x in self.names]), level
        )

    def order(self) -> list[str]:
        """The names, the strongest first; equals in the order of the alphabet."""
        return [self.names[place] for place in np.argsort(-self.strengths, kind="stable")]

    def _interval(self, weights: Floats, level: float) -> Interval:
        count, share = len(self.names), (1 + level) / 2
        error = math.sqrt(max(0.0, float(weights @ self.covariance[:count, :count] @ weights)))
        far = NormalDist().inv_cdf(share) if self.freedom is None else quantile(share, self.freedom)
        value = float(weights @ self.strengths)
        return Interval(value, value - far * error, value + far * error)

    def _known(self, name: str) -> str:
        if name not in self.names:
            raise InputError(f"“{name}” was not compared.", f"Known: {', '.join(self.names)}.")
        return name


def ranking(comparisons: Sequence[Compared], clusters: Groups = None) -> Ranking:
    """The most likely strengths. With `clusters` (raters, items) the intervals hold though these are alike within.

    InputError: nothing compared, something with itself, an unknown outcome, or comparisons that rank nothing.
    """
    names, sides, won = _read(comparisons)
    count = len(names)
    wins, ties = np.zeros((count, count)), np.zeros((count, count))
    winner = np.where(won == 1, sides[:, 1], sides[:, 0])
    np.add.at(wins, (winner[won < 2], sides.sum(axis=1)[won < 2] - winner[won < 2]), 1)
    np.add.at(ties, (sides[won == 2, 0], sides[won == 2, 1]), 1)
    ties += ties.T
    need_ranking(names, wins, ties)
    found = most_likely(sides, won, count, bool(ties.any()), None if clusters is None else codes(clusters, len(won)))
    odds = float(found.unknown[count]) if ties.any() else None
    return Ranking(names, found.unknown[:count], odds, found.covariance, found.freedom)


def _read(comparisons: Sequence[Compared]) -> tuple[tuple[str, ...], Codes, Codes]:
    """Names, the places of both sides (n × 2), the place of the outcome (n)."""
    for number, one in enumerate(comparisons, 1):
        if one.won not in OUTCOMES:
            raise InputError(f"Comparison {number} ended “{one.won}”.", f"It ends {', '.join(OUTCOMES)}.")
        if one.first == one.second:
            raise InputError(f"Comparison {number} sets “{one.first}” against itself.", "Leave it out.")
    if not comparisons:
        raise InputError("Nothing was compared.", "Give a comparison at least.")
    names = tuple(sorted({name for one in comparisons for name in one[:2]}))
    place = {name: at for at, name in enumerate(names)}
    sides = np.array([[place[one.first], place[one.second]] for one in comparisons], dtype=np.int64)
    return names, sides, np.array([OUTCOMES.index(one.won) for one in comparisons], dtype=np.int64)
