"""What was approved, over the API: found with how it did, reused for another cell."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict

from assistant.api.access import Asking
from assistant.domain.brief import Cell
from assistant.domain.moments import Day

router = APIRouter(prefix="/assets")


class Wanted(BaseModel):
    """The cell that a text is to be reused for, and its day."""

    model_config = ConfigDict(extra="forbid")
    cell: Cell
    send_on: Day


@router.get("")
def search(
    request: Request,
    by: Asking,
    text: Annotated[str, Query(min_length=1, max_length=500)],
    k: Annotated[int, Query(ge=1, le=50)] = 8,
    campaign: str | None = None,
    segment: str | None = None,
    channel: str | None = None,
    locale: str | None = None,
    market: str | None = None,
) -> list[dict[str, Any]]:
    """Approved texts, the nearest first."""
    named = {"campaign": campaign, "segment": segment, "locale": locale, "market": market}
    wanted = {name: value for name, value in named.items() if value is not None}
    return [found.line() for found in request.app.state.desk.outgoing.library.search(text, k, channel, **wanted)]


@router.post("/{own}/reuse", status_code=201)
def reuse(request: Request, own: str, wanted: Wanted, by: Asking) -> dict[str, Any]:
    """A draft of an approved text for another cell; it goes the way of every draft."""
    run, written = request.app.state.desk.outgoing.reuse.draft(own, wanted.cell, wanted.send_on, by.login)
    return {"run": run, **written.line()}
