"""The audit, for those who look after it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request

from assistant.api.paging import Page

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()


@router.get("/audit")
def audit(
    request: Request,
    after: Annotated[int, Query(ge=0)] = 0,
    subject: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Page:
    """Rows of the audit in order, those of one subject where it is named. `after`: the last row of the page before."""
    desk: Desk = request.app.state.desk
    found = list(islice(desk.audit.rows(after, subject), limit))
    told = [row.model_dump(mode="json") for row in found]
    return Page(items=told, next=found[-1].seq if len(found) == limit else None)
