"""What a writer delivers: variants of a cell, each with its template and its proof."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.brief import Brief, Cell
from assistant.domain.call import Call
from assistant.domain.finding import Claim, Finding, Verdict

Status = Literal["written", "fallback", "not_applicable", "failed"]


class Variant(BaseModel):
    """One text of a cell: rendered, as a template with slots, with claims and findings; `call` is the model's call
    that it comes from, empty for the phrase writer's."""

    model_config = ConfigDict(frozen=True)
    id: str
    text: str
    template: str
    angle: str
    writer: str
    verdict: Verdict
    findings: list[Finding]
    claims: list[Claim]
    call: str = ""


class Written(BaseModel):
    """A cell and what came of it. `why` says what forbids or what failed; empty where written. `faults` are those
    that the model showed on the way, by name."""

    model_config = ConfigDict(frozen=True)
    cell: Cell
    status: Status
    why: str
    variants: list[Variant]
    offer: str | None = None
    evidence: list[str] = []
    calls: list[Call] = []
    faults: list[str] = []

    def line(self) -> dict[str, object]:
        """The cell as one line of `copydesk write --json`."""
        return {
            **self.cell.model_dump(),
            "status": self.status,
            "why": self.why,
            "variants": [variant.model_dump(exclude={"call"}) for variant in self.variants],
        }


class Kept(BaseModel):
    """A draft as it is kept, with what it was written for; `texts` are those of its cell, its own among them."""

    model_config = ConfigDict(frozen=True)
    variant: Variant
    run: str
    cell: Cell
    brief: Brief
    texts: list[str]
