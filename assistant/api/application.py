"""The FastAPI application: health, runs, and how an error of ours is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from assistant.api.actions import router as actions
from assistant.api.events import router as events
from assistant.api.runs import router
from assistant.api.watching import watched
from assistant.errors import CopydeskError, InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def api(desk: Desk) -> FastAPI:
    """An application that serves this desk. The interactive documentation is off: it loads from another host."""
    app = FastAPI(title="Copydesk", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.desk = desk
    app.add_exception_handler(CopydeskError, _told)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the desk can work, and with which knowledge."""
        return {"status": "ok", "pack": desk.pack.id, "version": desk.pack.version}

    for one in (router, events, actions):
        app.include_router(one, prefix="/api/v1")
    return watched(app, desk)


async def _told(_request: Request, error: Exception) -> JSONResponse:
    """What was wrong and how it is mended; never a traceback."""
    assert isinstance(error, CopydeskError)
    status = 400 if isinstance(error, InputError) else 503
    return JSONResponse({"error": error.what, "mend": error.mend}, status)
