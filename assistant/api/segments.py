"""How many customers there are, by segment, age band, market and tag; never a row of one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from assistant.api.document import FILE_BODY
from assistant.api.upload import uploaded

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()
MOST_TOLD = 50
"""Rows of a list that are told one by one."""
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


@router.post("/segments/list", openapi_extra=FILE_BODY)
async def of_list(request: Request, name: Annotated[str, Query(min_length=1, max_length=200)]) -> dict[str, Any]:
    """What a list of customers comes to: the body is the list, `name` says its kind (`may.xlsx`). It is not kept."""
    desk: Desk = request.app.state.desk
    async with uploaded(request, name) as path:
        found = await run_in_threadpool(desk.sizes_of_list, path, dt.datetime.now(dt.UTC))
    problems = [{"row": one.row, "column": one.column, "what": one.what} for one in found.problems[:MOST_TOLD]]
    sizes = {"customers": found.customers, "segments": found.segments, "ages": found.ages}
    return {**sizes, "left_out": found.left_out, "problems": problems}
