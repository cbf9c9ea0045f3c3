"""The queue, a script, an outcome: what the person who calls needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.access import Asking, Whose
from assistant.domain.moments import When
from assistant.errors import Forbidden
from assistant.playbook.actions import Outcome
from assistant.playbook.database import local
from assistant.playbook.queue import queues

router = APIRouter()


class Came(BaseModel):
    """What came of an action; `at`: when, now where left out."""

    model_config = ConfigDict(extra="forbid")
    outcome: Outcome
    note: str = Field(default="", max_length=2000)
    at: When | None = None


@router.get("/actions")
def actions(
    request: Request, whose: Whose, manager: str | None = None, as_of: When | None = None
) -> list[dict[str, Any]]:
    """Open actions in the order in which to call, with their state: a manager's own, a lead's team's, or of the one
    manager who is named. 403 for a manager whose customers are not theirs to see."""
    desk = request.app.state.desk
    if manager is not None and whose is not None and manager not in whose:
        raise Forbidden(f"The customers of {manager[:64]} are not yours to see.", "Leave the manager out.")
    zone = desk.pack.institution.timezone
    now = local(as_of or dt.datetime.now(dt.UTC), zone)
    found = desk.actions.store.queue([manager] if manager is not None else whose, "relationship_manager")
    ordered = queues(found, now, desk.pack.calendar)
    return [
        {**one.action.line(False, zone), "manager": one.action.manager, "state": one.state, "call_at": one.at}
        for one in ordered
    ]


@router.post("/actions/{own}/outcome")
def outcome(request: Request, own: str, came: Came, person: Asking, whose: Whose) -> dict[str, Any]:
    """Keep what came of an action, by whoever asks, obey it at once, and tell the message after the call, or why there
    is none. 404 for an action that is not theirs."""
    desk, now = request.app.state.desk, came.at or dt.datetime.now(dt.UTC)
    action = desk.actions.record(own, came.outcome, came.note, person.login, now, whose)
    after = desk.follow_ups.of_action(desk.actions, own, came.outcome, now, desk.actions.place)
    told = {"action_id": action.action_id, "customer_id": action.customer_id, "outcome": came.outcome}
    return {**told, "message": after.line(), "why": after.why}


@router.get("/actions/{own}/script")
def script(request: Request, own: str, whose: Whose, locale: str | None = None) -> dict[str, Any]:
    """The script of a kept action. 404 for one that is not theirs to see."""
    desk = request.app.state.desk
    line: dict[str, Any] = desk.scripts.of_action(own, locale, whose).line()
    return line
