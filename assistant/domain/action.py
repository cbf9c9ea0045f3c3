"""The next action for a customer: what a trigger led to after every policy had its say."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from assistant.domain.trigger import Owner, Purpose

Outcome = Literal["reached", "interested", "bought", "refused", "do_not_contact", "complaint", "no_answer"]
_INNER = {"cause", "campaign", "event", "holding", "manager", "propensity", "audience"}


class Suppressed(BaseModel):
    """Who held an action back, and why."""

    model_config = ConfigDict(frozen=True)
    by: str
    why: str


class Action(BaseModel):
    """One action. Times are the institution's own, without a zone. `about`: the event or holding that it is about;
    `manager` the customer's relationship manager, whoever acts; `score` in the pack's currency;
    `audience`: segment and age band, by which outcomes are counted."""

    model_config = ConfigDict(frozen=True)
    action_id: str
    trigger: str
    scenario: str
    customer_id: str
    cause: str
    fired_at: dt.datetime
    due_at: dt.datetime
    action: str
    kind: Purpose
    owner: Owner
    channel: str | None
    product: str | None
    score: float
    reasons: tuple[str, ...]
    suppressed: Suppressed | None = None
    campaign: str | None = None
    event: str | None = None
    holding: str | None = None
    manager: str | None = None
    propensity: float = 0.0
    audience: tuple[str, str] = ("", "")

    def line(self, new: bool, zone: str) -> dict[str, Any]:
        """The action as one line of `copydesk scan --json`; times with the zone's offset."""
        told = self.model_dump(mode="json", exclude=_INNER)
        for name in ("fired_at", "due_at"):
            told[name] = getattr(self, name).replace(tzinfo=ZoneInfo(zone), microsecond=0).isoformat()
        return {"action_id": told.pop("action_id"), "new": new, **told}


def action_id(trigger: str, customer: str, cause: str) -> str:
    """Sixteen hexadecimal digits of trigger, customer and cause: the same cause is the same action."""
    return hashlib.sha256(f"{trigger}\x1f{customer}\x1f{cause}".encode()).hexdigest()[:16]
