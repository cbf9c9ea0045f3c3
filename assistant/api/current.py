"""The knowledge of today in every process that serves: what another took into effect is used here soon after."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import CopydeskError

PAUSE_S = 2.0
"""So often it is looked whether there is something new."""
_LEFT_ALONE = ("/healthz", "/readyz", "/metrics", "/assets/")
_log = logging.getLogger("copydesk.knowledge")


class Current:
    """Middleware: before a request, at most every two seconds, and never two at once."""

    def __init__(self, app: ASGIApp, catch_up: Callable[[], None]) -> None:
        self._app = app
        self._catch_up = catch_up
        self._looked: float | None = None
        self._busy = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look, then let the request through; it does not fail of this."""
        if scope["type"] == "http" and not scope["path"].startswith(_LEFT_ALONE) and self._due():
            await run_in_threadpool(self._look)
        await self._app(scope, receive, send)

    def _due(self) -> bool:
        now = time.monotonic()
        if self._looked is not None and now - self._looked < PAUSE_S:
            return False
        self._looked = now
        return True

    def _look(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._catch_up()
        except CopydeskError as error:
            _log.warning("the knowledge of another process cannot be read", extra={"error": type(error).__name__})
        finally:
            self._busy.release()
