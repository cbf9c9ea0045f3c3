"""From intervals and p-values to a decision: it may be “not enough evidence”, and many tests do not spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.errors import InputError
from assistant.review.results.statistics import Interval

Verdict = Literal["passed", "regressed", "not enough evidence"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and the sentence that gives its reason."""

    verdict: Verdict
    why: str


def decided(change: Interval, margin: float) -> Decision:
    """Non-inferiority: whether something (larger is better) is worse by more than `margin`, in the unit of `change`.

    Passed: the whole interval lies above -margin. Regressed: it does not, and the whole interval lies below 0. Else the
    data allow both. InputError for a margin below 0.
    """
    if margin < 0:
        raise InputError(f"A margin of {margin} is below 0.", "Say how much worse is still accepted, from 0.")
    told = f"{change.value:+.4g} ({change.low:+.4g} to {change.high:+.4g})"
    if change.low >= -margin:
        return Decision("passed", f"{told}: a loss above {margin:.4g} is excluded.")
    if change.high < 0:
        return Decision("regressed", f"{told}: it is worse, and a loss above {margin:.4g} is not excluded.")
    return Decision("not enough evidence", f"{told}: neither no loss nor one above {margin:.4g} is excluded.")


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """p-values adjusted for being so many (Holm 1979), by name in the order given; InputError where one is no p-value.

    What stays below a level keeps the share of families with any false finding below it, however the tests depend.
    """
    for name, one in values.items():
        if not 0 <= one <= 1:
            raise InputError(f"The p-value of “{name}” is {one}.", "A p-value lies from 0 to 1.")
    highest, adjusted = 0.0, dict[str, float]()
    for place, (name, one) in enumerate(sorted(values.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, (len(values) - place) * one))
        adjusted[name] = highest
    return {name: adjusted[name] for name in values}
