"""Exports over the API: asked for, looked at, taken away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict

from assistant.api.access import Asking
from assistant.api.document import files
from assistant.domain.export import Export, Form, Order
from assistant.errors import InputError
from assistant.review.exporting.staging import beside

router = APIRouter(prefix="/exports")
TYPES: dict[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
}


class Asked(BaseModel):
    """An order; `schedule` keeps it for its hour."""

    model_config = ConfigDict(extra="forbid")
    order: Order
    schedule: bool = False


class Exports(BaseModel):
    """Some of the exports; `next` is what `after` takes for those that follow, null at the end."""

    exports: list[Export]
    next: str | None = None


@router.post("", status_code=201)
def ask(request: Request, asked: Asked, by: Asking) -> Export:
    """Export now, or schedule. Customers come from the institution's own table; a list is a file, and no request."""
    if asked.order.customers is not None:
        raise InputError("A request names no file.", "Leave `customers` out: the desk's own table is read.")
    exports, now = request.app.state.desk.outgoing.exports, dt.datetime.now(dt.UTC)
    make = exports.schedule if asked.schedule else exports.make
    return told(make(asked.order, by, now))


@router.get("")
def listed(request: Request, by: Asking, after: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Exports:
    """Exports, the newest first; `next` is what `after` takes for the page that follows."""
    request.app.state.desk.outgoing.exports.may(by)
    found = request.app.state.desk.outgoing.export_store.listed(after=after, limit=limit)
    return Exports(exports=[told(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.get("/{own}")
def one(request: Request, own: str, by: Asking) -> Export:
    """An export as it stands."""
    request.app.state.desk.outgoing.exports.may(by)
    return told(request.app.state.desk.outgoing.export_store.export(own))


@router.post("/{own}/run")
def run(request: Request, own: str, by: Asking) -> Export:
    """Write a scheduled export."""
    return told(request.app.state.desk.outgoing.exports.run(own, by, dt.datetime.now(dt.UTC)))


@router.post("/{own}/cancel")
def cancel(request: Request, own: str, by: Asking) -> Export:
    """Take a scheduled export back."""
    return told(request.app.state.desk.outgoing.exports.cancel(own, by, dt.datetime.now(dt.UTC)))


@router.get("/{own}/{table}", response_class=FileResponse, responses=files((*TYPES.values(), "application/json")))
def file(request: Request, own: str, table: str, by: Asking) -> FileResponse:
    """The file (`file`), what was refused (`refused`) or held back (`held`), or what it says of itself (`meta`).

    Who took it is told in the audit. 404 where there is no such file any more.
    """
    exports = request.app.state.desk.outgoing.exports
    export: Export = exports.taken(own, table, by, dt.datetime.now(dt.UTC))
    path = Path(export.file)
    places = {"file": path, "refused": beside(path, "refused"), "held": beside(path, "held")}
    found = places.get(table, path.with_name(f"{path.name}.meta.json"))
    if table not in (*places, "meta") or export.stand != "done" or not found.is_file():
        raise HTTPException(404, f"The export {own} has no {table} here.")
    kind = "application/json" if table == "meta" else TYPES[export.order.form]
    return FileResponse(found, media_type=kind, filename=found.name, headers={"Cache-Control": "no-store"})


def told(export: Export) -> Export:
    """An export without where it lies on this machine."""
    return export.model_copy(update={"file": Path(export.file).name})
