"""Every request measured, logged and, where it is set, traced, by its route and never by its address."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.health import router as health
from assistant.api.metrics import Meters
from assistant.api.metrics import router as metrics
from assistant.api.tracing import Tracing, tracing_of

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOWHERE = "none"
"""The route of a request that no route answers."""
_ID = re.compile(r"[0-9a-fA-F-]{8,64}")
_log = logging.getLogger("copydesk.requests")


def watchable(app: FastAPI, desk: Desk) -> FastAPI:
    """The application with the routes that tell how it is, and with meters."""
    app.include_router(health)
    app.include_router(metrics)
    app.state.meters = Meters(desk)
    return app


def watched(app: FastAPI, desk: Desk) -> FastAPI:
    """The application, watched. What middleware that is added later refuses is not seen."""
    app.add_middleware(Watching, meters=app.state.meters, tracing=tracing_of(desk.settings.otel_url))
    return app


class Watching:
    """Pure ASGI: a body passes through it piece by piece, so that streams stay streams."""

    def __init__(self, app: ASGIApp, meters: Meters, tracing: Tracing) -> None:
        self.app = app
        self._meters = meters
        self._tracing = tracing
        self._known: dict[int, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Watch one request; what is no request passes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, given = time.perf_counter(), Headers(scope=scope)
        asked = given.get("x-request-id", "")
        own = asked if _ID.fullmatch(asked) else uuid.uuid4().hex
        seen: dict[str, Any] = {"status": 500, "seconds": None}

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.update(status=message["status"], seconds=time.perf_counter() - begun)
                MutableHeaders(scope=message)["x-request-id"] = own
            await send(message)

        if self._known is None:
            self._known = templates(scope["app"]) if "app" in scope else {}
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        with self._tracing(given) as span:
            try:
                await self.app(scope, receive, told)
            finally:
                route = route_of(scope, self._known)
                seconds = seen["seconds"] if seen["seconds"] is not None else time.perf_counter() - begun
                self._meters.note(method, route, seen["status"], seconds)
                span(method, route, seen["status"])
                fields = {"method": method, "route": route, "status": seen["status"], "request": own}
                _log.info("request", extra={**fields, "seconds": round(seconds, 4)})


def templates(app: Starlette) -> dict[int, str]:
    """The whole path of every route by its identity: what a router was included under is not in the route itself."""
    return {id(one.original_route): one.path or "" for one in iter_route_contexts(app.routes)}


def route_of(scope: Scope, known: Mapping[int, str]) -> str:
    """The template of the route that answered, after the address of what is mounted; NOWHERE where none did."""
    route, mounted = scope.get("route"), str(scope.get("root_path", ""))
    if route is None:
        return mounted or NOWHERE
    return known.get(id(route)) or mounted + str(getattr(route, "path", ""))
