"""Why a text passes: rule by rule, what was looked at and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.checks.context import Context
from assistant.domain.rule import Rule

if TYPE_CHECKING:
    from assistant.checks.kinds.base import Check

Outcome = Literal["found", "passed", "spared", "not_checked", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One check of one rule: what came of it and why, in words."""

    rule: str
    kind: str
    outcome: Outcome
    why: str


def explained(rule: Rule, check: Check, context: Context, waits: bool) -> Explained:
    """What a check did with a text. `waits`: it looks only where one of its words stands."""

    def told(outcome: Outcome, why: str) -> Explained:
        return Explained(rule.id, check.kind, outcome, why)

    if reasons := list(_scope(rule, context)):
        return told("out_of_scope", "; ".join(reasons))
    if needs := check.needs(context):
        return told("not_checked", f"needs {', '.join(needs)}")
    if hits := list(check.hits(context)):
        places = ", ".join(f"“{context.case.text[hit.start : hit.end]}” {hit.detail}".strip() for hit in hits)
        return told("found", places)
    if waits and check not in context.woken:
        return told("passed", "its words do not stand in the text")
    if spared := [f"“{words}”: {why}" for words, why in check.spared(context)]:
        return told("spared", "; ".join(spared))
    return told("passed", "looked, and found nothing")


def _scope(rule: Rule, context: Context) -> Iterator[str]:
    """Each reason for which a rule does not hold for the text."""
    scope, case = rule.applies_to, context.case
    if rule.jurisdictions and context.jurisdiction not in rule.jurisdictions:
        yield f"it is law in {', '.join(rule.jurisdictions)}, not in {context.jurisdiction}"
    if not rule.in_force(context.day):
        yield f"it is not in force on {context.day}"
    for word, wanted, given in (
        ("channel", scope.channels, case.channel),
        ("purpose", scope.purpose, case.purpose),
        ("locale", scope.locales, context.locale),
    ):
        if wanted and given not in wanted:
            yield f"it holds for {word} {', '.join(wanted)}, not {given or 'unknown'}"
    if scope.product_types and not context.product_types & set(scope.product_types):
        yield f"it is about {', '.join(scope.product_types)}"
