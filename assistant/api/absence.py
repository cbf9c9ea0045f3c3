"""What a lead needs: the overdue of the team, and the calls of the absent given to others."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.access import Whose
from assistant.domain.moments import When
from assistant.playbook.absence import OWNER
from assistant.playbook.absence import hand_over as handed
from assistant.playbook.database import local
from assistant.playbook.queue import queues

router = APIRouter()


class Absence(BaseModel):
    """Who is not there, and who takes their calls: all others with open calls where nobody is named."""

    model_config = ConfigDict(extra="forbid")
    absent: list[str] = Field(min_length=1)
    to: list[str] = Field(default_factory=list)


@router.get("/actions/overdue")
def overdue(request: Request, whose: Whose, as_of: When | None = None) -> list[dict[str, Any]]:
    """Every overdue call of the team, in the order in which each comes to its manager."""
    desk = request.app.state.desk
    zone = desk.pack.institution.timezone
    now = local(as_of or dt.datetime.now(dt.UTC), zone)
    found = queues(desk.actions.store.queue(whose, OWNER), now, desk.pack.calendar)
    return [
        {**one.action.line(False, zone), "manager": one.action.manager, "call_at": one.at}
        for one in found
        if one.state == "overdue"
    ]


@router.post("/actions/reassign")
def hand_over(request: Request, absence: Absence, whose: Whose) -> list[dict[str, Any]]:
    """Give the open calls of the absent to others of the team; returns each call with who had it and who has it."""
    desk = request.app.state.desk
    zone = desk.pack.institution.timezone
    return [one.line(zone) for one in handed(desk.actions, whose, absence.absent, absence.to)]
