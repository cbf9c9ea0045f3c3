"""Many tests at once do not spoil a decision."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.errors import InputError


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
