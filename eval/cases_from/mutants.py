"""Approved texts of every locale, and the same broken in one way each, as cases."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import eval.mutations.run  # noqa: F401 - its import makes the kinds known
from eval.mutations.source import KINDS, sources

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.checks.case import LintCase

PER_LOCALE, PER_KIND, SEED, DAY = 60, 12, 20261122, dt.date(2026, 11, 23)


def cases(desk: Desk) -> Iterator[dict[str, Any]]:
    """The approved texts first; then of each kind of fault as many as can be made, at most `PER_KIND`. The cluster is
    the fault's kind, and of an approved text its campaign."""
    found = sources(desk, PER_LOCALE, SEED, DAY)
    for number, source in enumerate(found, 1):
        yield _row(f"approved-{number:03}", source.campaign.id, source.case, True)
    for name, mutate in KINDS.items():
        draw, made = random.Random(f"{SEED} {name}"), 0
        for source in draw.sample(found, len(found)):
            mutant = mutate(source, draw) if made < PER_KIND else None
            if mutant is not None and mutant != source.case:
                made += 1
                yield _row(f"{name} {made:02}", name, mutant, False)


def _row(own: str, cluster: str, case: LintCase, lawful: bool) -> dict[str, Any]:
    given = case.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    return {"id": own, "cluster": cluster, "given": given, "expected": {"lawful": lawful}}
