"""What a writer delivers: variants of a cell, each with its template and its proof."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.brief import Cell
from assistant.domain.finding import Claim, Finding, Verdict

Status = Literal["written", "fallback", "not_applicable", "failed"]


class Variant(BaseModel):
    """One text of a cell: rendered, as a template with slots, with claims and findings."""

    model_config = ConfigDict(frozen=True)
    id: str
    text: str
    template: str
    angle: str
    writer: str
    verdict: Verdict
    findings: list[Finding]
    claims: list[Claim]


class Written(BaseModel):
    """A cell and what came of it. `why` says what forbids or what failed; empty where written."""

    model_config = ConfigDict(frozen=True)
    cell: Cell
    status: Status
    why: str
    variants: list[Variant]
    offer: str | None = None
    evidence: list[str] = []

    def line(self) -> dict[str, object]:
        """The cell as one line of `copydesk write --json`."""
        return {
            **self.cell.model_dump(),
            "status": self.status,
            "why": self.why,
            "variants": [variant.model_dump() for variant in self.variants],
        }
