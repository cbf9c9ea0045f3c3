"""Whether the desk can work now: for whoever sends it requests, and for whoever starts it anew."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from assistant.errors import CopydeskError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()
_log = logging.getLogger("copydesk.health")


class Readiness(BaseModel):
    """Whether the desk can work; `missing` names the parts that are not there."""

    status: Literal["ready", "not ready"]
    missing: list[Literal["database", "pack", "index"]]


@router.get(
    "/readyz",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Something is missing; `missing` names it."}},
)
def readyz(request: Request) -> JSONResponse:
    """Whether database, pack and index are there; 503 with what is missing, whose cause `copydesk doctor` tells."""
    desk: Desk = request.app.state.desk
    missing = [name for name, look in _parts(desk).items() if not _well(name, look)]
    told = {"status": "not ready" if missing else "ready", "missing": missing}
    return JSONResponse(told, 503 if missing else 200, {"Cache-Control": "no-store"})


def _parts(desk: Desk) -> dict[str, Callable[[], Any]]:
    return {
        "database": lambda: desk.database.ping(),
        "pack": lambda: desk.pack,
        "index": lambda: desk.search,
    }


def _well(name: str, look: Callable[[], Any]) -> bool:
    try:
        look()
    except (CopydeskError, OSError) as error:
        _log.warning("not ready: %s", name, extra={"part": name, "error": type(error).__name__})
        return False
    return True
