"""Running the mutations: which faults the checks catch, which approved texts they flag."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Finding
from eval.mutations import figures, frame, people, words
from eval.mutations.source import KINDS, Source

MODULES = (figures, frame, people, words)


@dataclass
class Report:
    """What was made, what was caught, what was missed, and which approved texts were flagged."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, LintCase]] = field(default_factory=list)
    approved: int = 0
    flagged: list[tuple[LintCase, list[Finding]]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Mutants caught, of all."""
        return self.caught.total() / max(self.made.total(), 1)

    @property
    def false_alarms(self) -> float:
        """Approved texts with a blocking finding, of all."""
        return len(self.flagged) / max(self.approved, 1)


def run(engine: CheckEngine, sources: Sequence[Source], per_kind: int, seed: int) -> Report:
    """Up to `per_kind` mutants of every kind. A mutant counts as caught where a finding blocks it."""
    report = Report(approved=len(sources))
    for source in sources:
        findings = [f for f in engine.run(source.case).findings if f.severity == "block"]
        if findings:
            report.flagged.append((source.case, findings))
    clean = [source for source in sources if all(source.case is not case for case, _ in report.flagged)]
    for name, mutate in KINDS.items():
        draw = random.Random(f"{seed} {name}")
        for source in draw.sample(clean, len(clean)):
            if report.made[name] >= per_kind:
                break
            mutant = mutate(source, draw)
            if mutant is None or mutant == source.case:
                continue
            report.made[name] += 1
            if engine.run(mutant).verdict == "block":
                report.caught[name] += 1
            else:
                report.misses.append((name, mutant))
    return report
