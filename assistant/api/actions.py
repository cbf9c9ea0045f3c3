"""The queue, a script, an outcome: what the person who calls needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from assistant.playbook.actions import Outcome
from assistant.playbook.database import local
from assistant.playbook.queue import queues

router = APIRouter()


class Came(BaseModel):
    """What came of an action; `at`: when, now where left out."""

    model_config = ConfigDict(extra="forbid")
    outcome: Outcome
    note: str = ""
    by: str = ""
    at: dt.datetime | None = None


@router.get("/actions")
def actions(request: Request, manager: str | None = None, as_of: dt.datetime | None = None) -> list[dict[str, Any]]:
    """Open actions of a manager in the order in which to call, with their state; all where no manager is named."""
    desk = request.app.state.desk
    zone = desk.pack.institution.timezone
    now = local(as_of or dt.datetime.now(dt.UTC), zone)
    found = desk.actions.store.queue([manager] if manager else None, "relationship_manager")
    ordered = queues(found, now, desk.pack.calendar)
    return [
        {**one.action.line(False, zone), "manager": one.action.manager, "state": one.state, "call_at": one.at}
        for one in ordered
    ]


@router.post("/actions/{own}/outcome")
def outcome(request: Request, own: str, came: Came) -> dict[str, Any]:
    """Keep what came of an action, obey it at once, and tell the message after the call, or why there is none."""
    desk, now = request.app.state.desk, came.at or dt.datetime.now(dt.UTC)
    action = desk.actions.record(own, came.outcome, came.note, came.by, now)
    after = desk.follow_ups.of_action(desk.actions, own, came.outcome, now, desk.actions.place)
    told = {"action_id": action.action_id, "customer_id": action.customer_id, "outcome": came.outcome}
    return {**told, "message": after.line(), "why": after.why}


@router.get("/actions/{own}/script")
def script(request: Request, own: str, locale: str | None = None) -> dict[str, Any]:
    """The script of a kept action."""
    desk = request.app.state.desk
    line: dict[str, Any] = desk.scripts.of_action(own, locale).line()
    return line
