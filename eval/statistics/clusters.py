"""Rows that belong together: what one campaign, customer or rater gave is not independent, so its sums are what counts.

Everything here is a *ratio of sums*: a mean is Σ value / Σ 1, a weighted mean Σ weight·value / Σ weight. A ratio is
told by the sums of each cluster, which is small however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assistant.errors import InputError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """A ratio's two sums by cluster (arrays of G), and what rows tell of how alike a cluster's rows are.

    `squares`: Σ bottom² of the cluster's rows. `likeness`: the intra-cluster correlation of the rows, 0 to 1.
    """

    top: Floats
    bottom: Floats
    squares: Floats
    likeness: float

    @property
    def value(self) -> float:
        """The ratio over all rows."""
        return float(self.top.sum() / self.bottom.sum())


def codes(clusters: Sequence[object] | NDArray[np.generic] | None, rows: int) -> Codes:
    """A number from 0 to G-1 for each row's cluster; without clusters each row is its own. InputError: other length."""
    if clusters is None:
        return np.arange(rows, dtype=np.int64)
    if len(clusters) != rows:
        raise InputError(f"There are {rows} values and {len(clusters)} clusters.", "Give each value its cluster.")
    known: dict[object, int] = {}
    listed = clusters.tolist() if isinstance(clusters, np.ndarray) else clusters
    return np.fromiter((known.setdefault(one, len(known)) for one in listed), np.int64, rows)


def finite(values: ArrayLike, what: str) -> Floats:
    """The values as floats, one dimension. InputError where one is no finite number, named by its place from 1."""
    found = np.asarray(values, dtype=np.float64).ravel()
    wrong = np.flatnonzero(~np.isfinite(found))
    if wrong.size:
        raise InputError(f"The {what} has no finite number at place {int(wrong[0]) + 1}.", "Leave the case out.")
    return found


def totals(groups: Codes, values: Floats) -> Floats:
    """The sum of each cluster's values: n to G."""
    return np.bincount(groups, values).astype(np.float64)


def mean_sums(values: Floats, groups: Codes) -> Sums:
    """The sums of a plain mean."""
    return ratio_sums(values, np.ones_like(values), groups)


def ratio_sums(top: Floats, bottom: Floats, groups: Codes) -> Sums:
    """The sums of Σ top / Σ bottom over rows (arrays of n); at least one bottom must be above 0, none below."""
    by_top, by_bottom = totals(groups, top), totals(groups, bottom)
    squares = totals(groups, bottom * bottom)
    return Sums(by_top, by_bottom, squares, _likeness(top, bottom, by_top, by_bottom, squares))


def _likeness(top: Floats, bottom: Floats, by_top: Floats, by_bottom: Floats, squares: Floats) -> float:
    """The correlation of two rows of one cluster, by moments: what the clusters' sums vary more than their rows do.

    For rows r of variance s² and correlation c, a cluster's sum has the variance s²(squares + c(bottom² - squares)).
    """
    pairs = float((by_bottom**2 - squares).sum())
    value, share = by_top.sum() / by_bottom.sum(), by_bottom / by_bottom.sum()
    of_rows = float(((top - value * bottom) ** 2).sum())
    if pairs <= 0 or of_rows == 0 or bool((share >= 1).any()):
        return 0.0
    of_sums = float(((by_top - value * by_bottom) ** 2 / (1 - share)).sum())
    return min(1.0, max(0.0, (of_sums - of_rows) / (of_rows / float(squares.sum()) * pairs)))
