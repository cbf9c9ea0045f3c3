"""Call scripts as cases: every trigger and language, for made-up customers of every age, assessment and mood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from eval.script_cases import AGES, MOODS, STATUSES

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

EVERY = 13
"""Prime to the number of ages, assessments and moods, so that each of them comes by."""


def cases(desk: Desk) -> Iterator[dict[str, Any]]:
    """Every n-th of all combinations, every trigger and locale among them. The cluster is the trigger."""
    crossed = product(desk.pack.triggers, desk.pack.locales, AGES, STATUSES, MOODS)
    for trigger, locale, age, status, mood in list(crossed)[::EVERY]:
        given = {"trigger": trigger, "locale": locale, "age": age, "status": status, "mood": mood}
        own = f"{trigger}/{age}/{status}/{mood or 'plain'}/{locale}"
        yield {"id": own, "cluster": trigger, "given": given, "expected": {}}
