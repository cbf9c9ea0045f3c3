"""Results over the API: brought as rows or as a file, shown as data that a page draws."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api.access import Asking
from assistant.api.document import FILE_BODY
from assistant.api.upload import uploaded
from assistant.domain.result import Criterion, Dimension, Result

router = APIRouter(prefix="/results")


class Delivery(BaseModel):
    """Rows of one source; the same rows again change nothing."""

    model_config = ConfigDict(extra="forbid")
    source: str = Field(min_length=1, max_length=80)
    rows: list[Result] = Field(min_length=1, max_length=10_000)


@router.post("")
def take(request: Request, delivery: Delivery, by: Asking) -> dict[str, int]:
    """Keep a delivery: all of it or none."""
    results = request.app.state.desk.outgoing.results
    kept: dict[str, int] = results.take(delivery.rows, delivery.source, by, dt.datetime.now(dt.UTC))
    return kept


@router.post("/file", openapi_extra=FILE_BODY)
async def read(request: Request, by: Asking, name: str, source: str = "") -> dict[str, int]:
    """Keep a spreadsheet, which is the body; `name` says its kind (`may.xlsx`)."""
    results = request.app.state.desk.outgoing.results
    async with uploaded(request, name) as path:
        kept: dict[str, int] = await run_in_threadpool(
            results.read, path, source or name[:80], by, dt.datetime.now(dt.UTC)
        )
    return kept


@router.get("")
def show(
    request: Request,
    by: Asking,
    group: Annotated[list[Dimension] | None, Query()] = None,
    criterion: Criterion | None = None,
    campaign: str | None = None,
    package: str | None = None,
    segment: str | None = None,
    age: str | None = None,
    channel: str | None = None,
    item: str | None = None,
    experiment: str | None = None,
) -> dict[str, Any]:
    """The funnel, and its groups by each dimension that is asked for, with intervals of 95 %."""
    named = {"campaign": campaign, "package": package, "segment": segment, "age": age}
    named |= {"channel": channel, "item": item, "experiment": experiment}
    where = {name: value for name, value in named.items() if value is not None}
    shown: dict[str, Any] = request.app.state.desk.outgoing.results.show(group or (), criterion, **where)
    return shown


@router.get("/experiments/{experiment}")
def compare(request: Request, experiment: str, by: Asking, criterion: Criterion | None = None) -> dict[str, Any]:
    """An experiment's arms beside each other, where people fell to them as planned."""
    shown: dict[str, Any] = request.app.state.desk.outgoing.results.compare(experiment, criterion)
    return shown
