"""What was known when it was decided, as numbers of one size, for a model of what comes of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval.statistics.clusters import Floats

MOST = 20
"""Words of a column that get a number of their own; rarer ones share none."""


def encoded(columns: Mapping[str, Sequence[Any]], rows: int) -> Floats:
    """Each column of numbers as one of mean 0 and deviation 1, each of words as one a word: rows × d.

    An empty cell among numbers counts as their mean, and a column of its own says that it was empty.
    """
    parts = [part for values in columns.values() for part in _column(values)]
    if not parts:
        return np.zeros((rows, 0))
    found = np.column_stack(parts)
    spread = found.std(axis=0)
    kept: Floats = ((found - found.mean(axis=0)) / np.where(spread > 0, spread, 1))[:, spread > 0]
    return kept


def _column(values: Sequence[Any]) -> list[Floats]:
    numbers = _numbers(values)
    if numbers is None:
        words = Counter(map(str, values)).most_common(MOST)
        if len(words) == len(values):  # an identifier: it tells nothing of another row
            return []
        return [np.array([float(str(value) == word) for value in values]) for word, _ in words]
    empty = np.isnan(numbers)
    if empty.all():
        return []
    return [np.where(empty, numbers[~empty].mean(), numbers), empty.astype(np.float64)]


def _numbers(values: Sequence[Any]) -> Floats | None:
    """The values as floats, NaN where empty; None where one is a word."""
    try:
        found = np.array([math.nan if value in (None, "") else float(value) for value in values])
    except (TypeError, ValueError):
        return None
    return None if np.isinf(found).any() else found
