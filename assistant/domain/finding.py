"""What the checks say: findings, claims, verdicts."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.rule import Severity
from assistant.domain.values import Kind

Verdict = Literal["pass", "warn", "block"]


class Mend(BaseModel):
    """Words to put at start…end of the text as given, so that a finding goes and no other comes."""

    model_config = ConfigDict(frozen=True)
    start: int
    end: int
    text: str


class Finding(BaseModel):
    """A rule that a text breaks. Offsets count characters of the text as given; `mend` where one is certain."""

    model_config = ConfigDict(frozen=True)
    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    reference: str
    mend: Mend | None = None


class Claim(BaseModel):
    """A checkable statement in a text: span → fact → source and version."""

    model_config = ConfigDict(frozen=True)
    text: str
    start: int
    end: int
    kind: Kind
    fact: str | None
    status: Literal["bound", "contradicted", "unknown"]


class Missing(BaseModel):
    """A rule that could not be checked, and the inputs it lacks."""

    model_config = ConfigDict(frozen=True)
    rule: str
    needs: list[str]


class Checked(BaseModel):
    """Everything that the checks found in one text."""

    model_config = ConfigDict(frozen=True)
    id: str
    verdict: Verdict
    findings: list[Finding]
    claims: list[Claim]
    not_checked: list[Missing]
    sms_segments: int | None = None


def verdict_of(findings: list[Finding]) -> Verdict:
    """The worst severity among findings; `pass` where there is none."""
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "warn" if severities else "pass"
