"""A call script: lines that copywriters wrote, and what a script made of them is."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.base import Entry, Listed
from assistant.domain.finding import Claim, Finding, Verdict
from assistant.domain.plan import Part

SectionKind = Literal[
    "opening", "purpose", "discovery", "plan", "objection", "disclosure", "next_step", "closing", "care"
]
Mood = Literal["price_sensitive", "dissatisfied"]
Assessment = Literal["counter", "online", "lapsed"]


class Line(Entry):
    """One thing that is said. A condition that is left out suits everybody. `ask`: what the customer objects."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]
    section: SectionKind | Literal["after"]
    text: str = Field(min_length=1, max_length=600)
    ask: str = ""
    trigger: Listed = ()
    owner: Listed = ()
    age: Listed = ()
    mood: Mood | None = None
    status: Assessment | None = None
    product_type: Listed = ()
    bucket: Literal["lead", "ready", "steady", "growth", "protection", "close", "offer"] | None = None
    role: Literal["question", "advice", "contact", "exit", "apology"] | None = None
    outcome: str | None = None
    channel: str | None = None


class Section(BaseModel):
    """A part of a script as it is read from the screen, with the proof of its figures (offsets in `text`)."""

    model_config = ConfigDict(frozen=True)
    kind: SectionKind
    text: str
    ask: str = ""
    claims: tuple[Claim, ...] = ()


class Script(BaseModel):
    """A whole script. `spoken_seconds` is what is said if no objection comes."""

    model_config = ConfigDict(frozen=True)
    customer_id: str
    trigger: str
    sections: tuple[Section, ...]
    plan: tuple[Part, ...]
    spoken_seconds: float
    verdict: Verdict
    findings: tuple[Finding, ...]
    writer: str
    locale: str
    why: str = ""

    def line(self) -> dict[str, Any]:
        """The script as `copydesk script --json` prints it."""
        told = self.model_dump(mode="json", exclude={"plan", "findings"})
        told["plan"] = [{**part.model_dump(mode="json"), "amount": _plain(part.amount)} for part in self.plan]
        told["findings"] = [finding.model_dump(mode="json") for finding in self.findings]
        return told


def _plain(amount: Decimal) -> float:
    return float(amount)
