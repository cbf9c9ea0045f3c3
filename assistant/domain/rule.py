"""A rule of law or of the house, as data: what kind of check, its words, and examples of both sides."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from assistant.domain.base import Entry, FullText, Listed
from assistant.domain.catalogue import Id

Severity = Literal["block", "warn"]


class Scope(Entry):
    """Where a rule holds; what is left out limits nothing."""

    product_types: Listed = ()
    channels: Listed = ()
    purpose: Listed = ()
    locales: Listed = ()


class Step(Entry):
    """One check of a rule. `match` is read by the check's own class."""

    kind: str
    severity: Severity | None = None
    match: dict[str, Any] = Field(default_factory=dict)


class Rule(Entry):
    """One rule with its id, its law, its message and its examples (`must_flag`, `must_pass`: lint cases)."""

    id: Id
    severity: Severity
    jurisdictions: Listed = ()
    applies_to: Scope = Scope()
    kind: str
    match: dict[str, Any] = Field(default_factory=dict)
    also: tuple[Step, ...] = ()
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    reference: str
    message: FullText
    must_flag: tuple[dict[str, Any], ...]
    must_pass: tuple[dict[str, Any], ...]

    def steps(self) -> tuple[Step, ...]:
        """The rule's checks, the main one first."""
        return (Step(kind=self.kind, severity=self.severity, match=self.match), *self.also)

    def in_force(self, day: dt.date) -> bool:
        """Whether the rule holds on the day of sending."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_until is None or day <= self.effective_until
        )
