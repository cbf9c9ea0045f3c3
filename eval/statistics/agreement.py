"""How far raters agree beyond chance: Cohen's kappa, Krippendorff's alpha, Gwet's AC1, each with its interval.

Each coefficient is a function of sums over items, so whole clusters of items are drawn anew for its interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.errors import InputError
from assistant.review.results.statistics import Interval
from eval.statistics.clusters import Codes, Floats, codes, totals
from eval.statistics.intervals import Groups, percentiles, resampled
from eval.statistics.ratings import Label, Ratings, Table, table, values
from eval.statistics.undefined import Undefined

Weights = Literal["none", "linear", "quadratic"]
Scale = Literal["nominal", "ordinal", "interval"]
Coefficient = Callable[[Floats], Floats]
ONE_CLUSTER = Undefined("All items are of one cluster: nothing tells how another would fall.")
LOST = 0.05
"""Of resamples: where more have no coefficient, the others are a chosen few and give no interval."""
NOBODY = Undefined("No item was rated by two raters, so nothing can be compared.")
ALIKE = Undefined("All labels of the items in common are equal, so nothing is told of agreement beyond chance.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient (1 is full, 0 as by chance), its interval or why there is none, and the items with two raters."""

    value: float
    interval: Interval | Undefined
    items: int


@dataclass(frozen=True, slots=True)
class Draw:
    """How an interval is drawn."""

    resamples: int = 2000
    level: float = 0.95
    seed: int = 0


PLAIN = Draw()


def kappa(
    ratings: Ratings,
    clusters: Groups = None,
    *,
    weights: Weights = "none",
    levels: Sequence[Label] | None = None,
    draw: Draw = PLAIN,
) -> Agreement | Undefined:
    """Cohen's kappa (1960) of two raters, or weighted (1968) by places of `levels`; items with one are left out."""
    read = table(ratings, levels, ordered=weights != "none")
    if read.codes.shape[1] not in (0, 2):
        raise InputError(f"Kappa compares two raters; there are {read.codes.shape[1]}.", "Use alpha or AC1 for more.")
    both, groups = _common(read, clusters)
    if isinstance(both, Undefined):
        return both
    size = len(both.levels)
    off = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    off = {"none": np.sign(off), "linear": off, "quadratic": off**2}[weights]
    cells = (both.codes[:, 0] * size + both.codes[:, 1])[:, None] == np.arange(size * size)

    def coefficient(sums: Floats) -> Floats:
        square = sums.reshape(-1, size, size)
        chance = square.sum(axis=2)[:, :, None] * square.sum(axis=1)[:, None, :]
        return _beyond_chance(
            (square * off).sum(axis=(1, 2)) * square.sum(axis=(1, 2)), (chance * off).sum(axis=(1, 2))
        )

    return _told(cells.astype(np.float64), groups, coefficient, len(both.codes), draw)


def alpha(
    ratings: Ratings,
    clusters: Groups = None,
    *,
    scale: Scale = "nominal",
    levels: Sequence[Label] | None = None,
    draw: Draw = PLAIN,
) -> Agreement | Undefined:
    """Krippendorff's alpha (2011) of any number of raters, who need not see every item."""
    read, groups = _common(table(ratings, levels, ordered=scale == "ordinal"), clusters)
    if isinstance(read, Undefined):
        return read
    counts, size = read.counts, len(read.levels)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    pairs /= (counts.sum(axis=1) - 1)[:, None, None]
    fixed = values(read.levels) if scale == "interval" else np.zeros(size)

    def coefficient(sums: Floats) -> Floats:
        found = sums.reshape(-1, size, size)
        often = found.sum(axis=2)
        if scale == "nominal":
            off = 1 - np.eye(size)[None]
        else:
            place = np.cumsum(often, axis=1) - often / 2 if scale == "ordinal" else fixed[None]
            off = (place[:, :, None] - place[:, None, :]) ** 2
        seen = (found * off).sum(axis=(1, 2)) * (often.sum(axis=1) - 1)
        return _beyond_chance(seen, (often[:, :, None] * often[:, None, :] * off).sum(axis=(1, 2)))

    return _told(pairs.reshape(-1, size * size), groups, coefficient, len(counts), draw)


def ac1(
    ratings: Ratings, clusters: Groups = None, *, levels: Sequence[Label] | None = None, draw: Draw = PLAIN
) -> Agreement | Undefined:
    """Gwet's AC1 (2008) of any number of raters, who need not see every item.

    What an item with a single rating says of how often labels are given counts. `levels`: all that could be given, else
    those that were.
    """
    read = table(ratings, levels)
    shared, _ = _common(read, clusters)
    if isinstance(shared, Undefined):
        return shared
    rated = np.flatnonzero((read.codes >= 0).any(axis=1))
    groups, counts = codes(clusters, len(read.codes))[rated], read.counts[rated]
    every = counts.sum(axis=1)
    two = every >= 2
    agreed = np.where(two, (counts * (counts - 1)).sum(axis=1) / np.where(two, every * (every - 1), 1), 0.0)
    parts = np.column_stack([agreed, two, np.ones_like(every), counts / every[:, None]])
    size = len(read.levels)

    def coefficient(sums: Floats) -> Floats:
        share = sums[:, 3:] / sums[:, 2:3]
        chance = (share * (1 - share)).sum(axis=1) / (size - 1)
        seen = sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan)
        return _beyond_chance(1 - seen, 1 - chance)

    return _told(parts, groups, coefficient, int(two.sum()), draw)


def _common(read: Table, clusters: Groups) -> tuple[Table | Undefined, Codes]:
    """The items that two raters saw and their clusters, or why these tell nothing of agreement."""
    shared = read.shared if read.codes.size else np.zeros(len(read.codes), dtype=bool)
    groups, kept = codes(clusters, len(shared))[shared], read.kept(shared)
    if not shared.any():
        return NOBODY, groups
    return (ALIKE if kept.seen < 2 else kept), groups


def _beyond_chance(seen: Floats, chance: Floats) -> Floats:
    """1 - disagreement seen / disagreement by chance; NaN, which never leaves this file, where chance has none."""
    return 1 - seen / np.where(chance > 0, chance, np.nan)


def _told(parts: Floats, groups: Codes, coefficient: Coefficient, items: int, draw: Draw) -> Agreement | Undefined:
    _, groups = np.unique(groups, return_inverse=True)
    sums = np.column_stack([totals(groups, column) for column in parts.T])
    value = float(coefficient(sums.sum(axis=0)[None])[0])
    if len(sums) < 2:
        return Agreement(value, ONE_CLUSTER, items)
    drawn = coefficient(resampled(sums, draw.resamples, draw.seed))
    told = drawn[np.isfinite(drawn)]
    if len(told) < (1 - LOST) * draw.resamples:
        few = f"{draw.resamples - len(told)} of {draw.resamples} resamples have no coefficient: labels hardly differ."
        return Agreement(value, Undefined(few), items)
    return Agreement(value, Interval(value, *percentiles(told, len(sums) - 1, len(sums), draw.level)), items)
