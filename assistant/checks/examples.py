"""Whether every rule still finds what it must and leaves what it must, by its own examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.checks.case import LintCase, read_case
from assistant.checks.engine import CheckEngine
from assistant.domain.knowledge import short_key
from assistant.errors import InputError, Problem

At = Callable[..., tuple[str, int]]
"""File and line of something in a rule: `at("rules", id, "must_flag", 3)`."""
_SAID = {"must_flag": "is not flagged", "must_pass": "is flagged"}


@dataclass(frozen=True)
class Failure:
    """An example that its rule judges otherwise than it says; `case` is None where it cannot be read."""

    rule: str
    key: str
    number: int
    raw: dict[str, Any]
    case: LintCase | None
    what: str

    def problem(self, at: At) -> Problem:
        """The failure at its file and line."""
        return Problem(
            *at("rules", self.rule, self.key, self.number), self.what, "mend what made it so, or the example"
        )

    def is_old(self, before: CheckEngine, now: CheckEngine, changed: Collection[str]) -> bool:
        """Whether the example states a fact that changed (`TD-24M.rate`), or failed before already: the change is not
        to blame, the example is to be written anew."""
        if self.case is None:
            return False
        if any(claim.fact and short_key(claim.fact) in changed for claim in now.run(self.case).claims):
            return True
        rule = before.pack.rules.get(self.rule)
        known = rule is not None and self.raw in getattr(rule, self.key)
        return known and not _holds(before, self.rule, self.key, self.case)


def failures(engine: CheckEngine) -> Iterator[Failure]:
    """Every example that fails."""
    for own, rule in engine.pack.rules.items():
        for key, said in _SAID.items():
            for number, raw in enumerate(getattr(rule, key)):
                try:
                    case = read_case(raw, own)
                    holds = _holds(engine, own, key, case)
                except InputError as error:
                    yield Failure(
                        own, key, number, raw, None, f"{own}: an example of {key} cannot be read: {error.what}"
                    )
                    continue
                if not holds:
                    what = f"{own}: the example “{case.text[:60]}” of {key} {said}"
                    yield Failure(own, key, number, raw, case, what)


def _holds(engine: CheckEngine, own: str, key: str, case: LintCase) -> bool:
    found = any(finding.rule == own for finding in engine.run(case).findings)
    return found == (key == "must_flag")
