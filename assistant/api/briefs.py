"""Briefs: kept with what they come to, then written as a run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.access import Asking
from assistant.api.paging import Page
from assistant.api.replay import ReplayRoute

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(prefix="/briefs", route_class=ReplayRoute)
Ids = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=200)]


class Asked(BaseModel):
    """What is to be written; a list that is left out means all. `send_on`: today, or the campaign's next day."""

    model_config = ConfigDict(extra="forbid")
    campaign: str = Field(min_length=1, max_length=64)
    segments: Ids = []
    ages: Ids = []
    channels: Ids = []
    locales: Ids = []
    market: str | None = Field(default=None, max_length=16)
    variants: int = Field(default=3, ge=1, le=10)
    note: str = Field(default="", max_length=500)
    send_on: dt.date | None = None


@router.post("", status_code=201)
def keep(request: Request, asked: Asked, person: Asking) -> dict[str, Any]:
    """Keep a brief; the answer says how many cells and texts it has, and what the model would take for it."""
    desk: Desk = request.app.state.desk
    return desk.briefs.told(desk.briefs.keep(asked.model_dump(), person, dt.datetime.now(dt.UTC)))


@router.get("")
def briefs(
    request: Request,
    after: Annotated[str, Query(max_length=32)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Briefs, the newest first, each with how far it is."""
    desk: Desk = request.app.state.desk
    found = desk.briefs.store.listed(after, limit)
    return Page(items=[desk.briefs.told(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.get("/{own}")
def brief(request: Request, own: str) -> dict[str, Any]:
    """A brief as it stands; its texts are those of its run."""
    desk: Desk = request.app.state.desk
    return desk.briefs.told(desk.briefs.store.brief(own))


@router.post("/{own}/run", status_code=202)
def run(request: Request, own: str, person: Asking) -> dict[str, Any]:
    """Begin to write a brief, or go on where it broke off; ask for the brief to see how far it is."""
    desk: Desk = request.app.state.desk
    return desk.briefs.told(desk.briefs.write(own, person))
