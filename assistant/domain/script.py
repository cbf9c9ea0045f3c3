"""A call script: lines that copywriters wrote, and what a script made of them is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.action import Outcome
from assistant.domain.base import Entry, Listed
from assistant.domain.call import Call
from assistant.domain.finding import Claim, Finding, Verdict
from assistant.domain.plan import Part
from assistant.domain.trigger import Purpose

SectionKind = Literal[
    "opening", "purpose", "discovery", "plan", "objection", "disclosure", "next_step", "closing", "care"
]
Mood = Literal["price_sensitive", "dissatisfied"]
Assessment = Literal["counter", "online", "lapsed"]


class Line(Entry):
    """One thing that is said. A condition that is left out suits everybody. `ask`: what the customer objects.

    Of a message after a call: `call`, `outcome` and `channel` that it is for; `purpose`: as what it is sent, the call's
    own where left out.
    """

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
    role: Literal["question", "advice", "contact", "exit", "apology", "bridge"] | None = None
    outcome: Outcome | None = None
    channel: str | None = None
    call: Purpose | None = None
    purpose: Purpose | None = None


class Section(BaseModel):
    """A part of a script as it is read from the screen, with the proof of its figures (offsets in `text`)."""

    model_config = ConfigDict(frozen=True)
    kind: SectionKind
    text: str
    ask: str = ""
    claims: tuple[Claim, ...] = ()


class Script(BaseModel):
    """A whole script. `spoken_seconds` is what is said if no objection comes.

    `status`: `fallback` where a model was asked and the pack's lines stand in for it, `why` says what was wrong;
    `not_applicable` where nothing may be said. `calls`: every call of the model, whatever became of it; `faults`:
    what it showed on the way, by name.
    """

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
    status: Literal["written", "fallback", "not_applicable"] = "written"
    calls: tuple[Call, ...] = ()
    faults: tuple[str, ...] = ()

    def line(self) -> dict[str, Any]:
        """The script as `copydesk script --json` prints it."""
        told = self.model_dump(mode="json", exclude={"plan", "findings"}, by_alias=True)
        told["plan"] = [{**part.model_dump(mode="json"), "amount": _plain(part.amount)} for part in self.plan]
        told["findings"] = [finding.model_dump(mode="json") for finding in self.findings]
        return told


class FollowUp(BaseModel):
    """The message after a call. `purpose`: as what it is sent; `send_at` the first moment (local) at which it may go.

    Without `text`, `why` says why nothing is sent.
    """

    model_config = ConfigDict(frozen=True)
    channel: str | None = None
    purpose: Purpose | None = None
    locale: str = ""
    text: str = ""
    template: str = ""
    verdict: Verdict | None = None
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    send_at: dt.datetime | None = None
    why: str = ""

    def line(self) -> dict[str, Any] | None:
        """The message as the command and the API tell it; None where nothing is sent."""
        return self.model_dump(mode="json", exclude={"why"}) if self.text else None


def _plain(amount: Decimal) -> float:
    return float(amount)
