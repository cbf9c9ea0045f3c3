"""Labels that raters gave to items, as numbers: who may have left which out, and in which order the labels stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.errors import InputError
from eval.statistics.clusters import Codes, Floats

Label = str | int | float | bool
Ratings = Sequence[Sequence[Label | None]]
"""A row an item, a place a rater; None where the rater did not see the item."""


@dataclass(frozen=True, slots=True)
class Table:
    """`codes` (items × raters): the label's place among `levels`, -1 for none."""

    codes: Codes
    levels: tuple[Label, ...]

    @property
    def counts(self) -> Floats:
        """How many raters gave each label: items × labels."""
        found: Floats = (self.codes[:, :, None] == np.arange(len(self.levels))).sum(axis=1).astype(np.float64)
        return found

    def kept(self, rows: NDArray[np.bool_]) -> Table:
        """These items alone."""
        return Table(self.codes[rows], self.levels)

    @property
    def seen(self) -> int:
        """How many different labels were given."""
        return len(np.unique(self.codes[self.codes >= 0]))

    @property
    def shared(self) -> NDArray[np.bool_]:
        """The items (n) that two raters at least gave a label."""
        found: NDArray[np.bool_] = (self.codes >= 0).sum(axis=1) >= 2
        return found


def table(ratings: Ratings, levels: Sequence[Label] | None, *, ordered: bool = False) -> Table:
    """Read ratings. Without `levels` they are the labels seen, numbers in their order.

    InputError: rows of unlike lengths, a label that is no level, labels in words where an order is needed.
    """
    widths = {len(row) for row in ratings}
    if len(widths) > 1:
        raise InputError(f"Items have {min(widths)} to {max(widths)} raters.", "Give each rater a place; None is none.")
    given = {label for row in ratings for label in row if label is not None}
    if levels is None:
        levels = _sorted(given, ordered)
    places = {label: place for place, label in enumerate(levels)}
    for number, row in enumerate(ratings, 1):
        for label in row:
            if label is not None and label not in places:
                raise InputError(f"Item {number} is labelled “{label}”, which is no level.", f"Known: {list(levels)}.")
    flat = [-1 if label is None else places[label] for row in ratings for label in row]
    return Table(np.array(flat, dtype=np.int64).reshape(len(ratings), max(widths, default=0)), tuple(levels))


def _sorted(given: set[Label], ordered: bool) -> list[Label]:
    numbers = [one for one in given if isinstance(one, int | float)]
    if len(numbers) == len(given):
        return sorted(numbers)
    if ordered:
        raise InputError("Labels in words have no order of their own.", "Name the levels, from the least to the most.")
    return sorted(given, key=str)


def values(levels: Sequence[Label]) -> Floats:
    """The levels as numbers, for which distances have a meaning. InputError where one is none."""
    try:
        found = np.array([float(one) for one in levels])
    except ValueError:
        raise InputError(
            f"The levels {list(levels)} are no numbers.", "Use the ordinal or the nominal scale."
        ) from None
    if not np.isfinite(found).all():
        raise InputError("A label is no finite number.", "Use None for a rating that is not there.")
    return found
