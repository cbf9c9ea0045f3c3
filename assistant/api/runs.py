"""A run's texts, to look at and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse

from assistant.api.document import files
from assistant.api.paging import Page
from assistant.api.sending import made
from assistant.domain.brief import in_order
from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.writing.table import write_file

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()
RunId = Annotated[str, InPath(pattern=r"^[0-9a-f]{16}$")]


class Ending(StrEnum):
    """The kinds of file that a run can be taken away as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


TYPES = {
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Ending.CSV: "text/csv; charset=utf-8",
    Ending.JSONL: "application/x-ndjson",
}


@router.get("/runs/{run}")
def cells(
    run: RunId,
    request: Request,
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """The cells of a run as they stand, in the order of the pack; 404 where the desk has none of it."""
    desk: Desk = request.app.state.desk
    done = desk.drafts.cells(run)
    if not done:
        raise HTTPException(404, f"There is no run {run}.")
    ordered = _ordered(done.values(), desk.pack)
    start = next((place for place, one in enumerate(ordered, 1) if one.cell.key == after), 0)
    found = ordered[start : start + limit]
    return Page(items=[one.line() for one in found], next=found[-1].cell.key if len(found) == limit else None)


@router.get("/runs/{run}/export.{ending}", response_class=FileResponse, responses=files(TYPES.values()))
def export(run: RunId, ending: Ending, request: Request) -> FileResponse:
    """Every cell of a run as it stands; 404 where the desk has none of it."""
    desk: Desk = request.app.state.desk
    done = desk.drafts.cells(run)
    if not done:
        raise HTTPException(404, f"There is no run {run}.")
    name = f"{next(iter(done.values())).cell.campaign}-{run}.{ending}"
    return made(name, TYPES[ending], lambda path: write_file(path, _ordered(done.values(), desk.pack), desk.pack))


def _ordered(done: Iterable[Written], pack: Pack) -> list[Written]:
    place = in_order(pack)
    return sorted(done, key=lambda one: place(one.cell))
