"""How many customers there are, by segment, age band, market and tag; never a row of one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()
Word = Annotated[str | None, Query(max_length=64)]


@router.get("/segments")
def segments(
    request: Request,
    by: Annotated[list[str], Query(max_length=4)] = ["segment"],  # noqa: B006 - FastAPI copies it
    segment: Word = None,
    age: Word = None,
    market: Word = None,
    tag: Word = None,
) -> dict[str, Any]:
    """Sizes of groups, told apart `by` segment, age, market or tag; `"<5"` where fewer are in one."""
    desk: Desk = request.app.state.desk
    named = {"segment": segment, "age": age, "market": market, "tag": tag}
    where = {name: value for name, value in named.items() if value is not None}
    apart = list(dict.fromkeys(by))
    return {"by": apart, "where": where, "groups": desk.sizes(apart, where, dt.datetime.now(dt.UTC))}
