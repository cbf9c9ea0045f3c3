"""A case: what is given, what is expected, and the cluster that it shares its chances with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Case:
    """One case of a suite. `cluster` names what cases have in common (a campaign, a segment): they are no independent
    evidence. `place` says where it stands, as file:line or file#id."""

    id: str
    cluster: str
    given: dict[str, Any]
    expected: dict[str, Any] = field(default_factory=dict)
    place: str = ""

    @cached_property
    def hash(self) -> str:
        """Sixteen hexadecimal digits over what is given and expected; the id and the place are no part of it."""
        return hashed({"given": self.given, "expected": self.expected})


@dataclass(frozen=True)
class Suite:
    """Cases, the task that answers them and the scorers of an answer. `margins`: by how much a metric may be worse than
    its baseline before the gate blocks."""

    name: str
    task: str
    scorers: tuple[str, ...]
    cases: tuple[Case, ...]
    margins: dict[str, float] = field(default_factory=dict)

    @cached_property
    def hash(self) -> str:
        """Sixteen hexadecimal digits over the task, the scorers and the cases, whatever order they stand in."""
        return hashed(
            [self.task, sorted(self.scorers), sorted((case.id, case.cluster, case.hash) for case in self.cases)]
        )


def hashed(content: Any) -> str:
    """Sixteen hexadecimal digits over JSON of any shape, whatever order its keys stand in."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
