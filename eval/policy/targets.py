"""What another policy would have done in each logged decision: a probability for each arm."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from assistant.errors import InputError, UnknownId
from eval.policy.load import Logged
from eval.statistics.clusters import Floats

KINDS = "Write uniform, always:ARM or column:NAME."
SLACK = 1e-6
"""How far probabilities of a row may be from 1 together: what rounding makes."""


def column_of(words: str) -> str | None:
    """The column that a target is read from, or None."""
    return words.removeprefix("column:") if words.startswith("column:") else None


def target(words: str, logged: Logged) -> Floats:
    """`uniform` over the logged arms, `always:ARM`, or `column:NAME`: n × arms, each row summing to 1.

    A cell of the column names one arm, or holds a JSON object with probabilities of arms. InputError names the row.
    """
    count, arms = len(logged.actions), len(logged.arms)
    if words == "uniform":
        return np.full((count, arms), 1 / arms)
    name = column_of(words)
    if name is not None:
        return _column(name, logged)
    if not words.startswith("always:"):
        raise InputError(f"“{words}” is no target.", KINDS)
    arm = words.removeprefix("always:")
    if arm not in logged.arms:
        raise UnknownId("arm in the log", arm, logged.arms)
    chosen = np.zeros((count, arms))
    chosen[:, logged.arms.index(arm)] = 1
    return chosen


def _column(name: str, logged: Logged) -> Floats:
    columns = logged.columns or {}
    if name not in columns:
        raise UnknownId("column", name, columns)
    at, found = (
        {arm: number for number, arm in enumerate(logged.arms)},
        np.zeros((len(logged.actions), len(logged.arms))),
    )
    for row, cell in enumerate(columns[name]):
        for arm, chance in _chances(cell, logged.place(row)).items():
            if arm in at:
                found[row, at[arm]] += chance
            elif chance > 0:
                raise InputError(
                    f"{logged.place(row)}: the target chooses “{arm}”, which the log never did.",
                    "What was never tried cannot be judged from a log; log it with a small propensity first.",
                )
    return found


def _chances(cell: Any, place: str) -> dict[str, float]:
    """A cell as arm → probability."""
    if isinstance(cell, str) and cell.lstrip().startswith("{"):
        try:
            cell = json.loads(cell)
        except ValueError as error:
            raise InputError(f"{place}: the target is not JSON ({error}).", "Write {“arm”: 0.5, …}.") from None
    if not isinstance(cell, dict):
        return {str(cell).strip(): 1.0}
    for arm, chance in cell.items():
        if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance <= 1:
            raise InputError(f"{place}: the target gives “{arm}” {chance!r}.", "A probability lies from 0 to 1.")
    total = math.fsum(cell.values())
    if abs(total - 1) > SLACK:
        raise InputError(f"{place}: the target's probabilities sum to {total:g}.", "They sum to 1.")
    return {str(arm): float(chance) for arm, chance in cell.items()}
