"""The writing room: one thread with its own event loop, so that writing never holds up the page.

The phrase writer computes for a second at a time between two awaits; on the server's own loop
every other reader, and this reader's Stop, would wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from assistant.errors import CopydeskError

T = TypeVar("T")
_log = logging.getLogger("copydesk.writing")


class WritingRoom:
    """Has runs written, whoever stays to see them, and single things made where models are asked."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="copydesk-writing", daemon=True).start()
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[None]] = {}
        self._why: dict[str, str] = {}
        self._by: dict[str, str] = {}
        self._stopping: set[str] = set()

    def begin(self, run: str, source: Callable[[], AsyncIterator[Any]], by: str = "") -> bool:
        """Have everything that `source` yields made, and go on at once; False where the run is under way.

        `by`: who asked for it.
        """
        with self._lock:
            if self.busy(run):
                return False
            self._why.pop(run, None)
            self._stopping.discard(run)
            self._by[run] = by
            self._under_way[run] = asyncio.run_coroutine_threadsafe(self._made(run, source), self._loop)
            return True

    def busy(self, run: str) -> bool:
        """Whether a run is under way here."""
        work = self.of(run)
        return work is not None and not work.done()

    def of(self, run: str) -> Future[None] | None:
        """The work at a run, to wait for it; None where it was never begun here."""
        return self._under_way.get(run)

    def by(self, run: str) -> str:
        """Who began a run here; empty where nobody did."""
        return self._by.get(run, "")

    def stop(self, run: str) -> None:
        """Ask a run to end. Whoever writes it asks `stopping` before each cell."""
        if self.busy(run):
            self._stopping.add(run)

    def stopping(self, run: str) -> bool:
        """Whether a run was asked to end since it was last begun."""
        return run in self._stopping

    def why(self, run: str) -> str:
        """Why a run broke off here; empty where it did not."""
        return self._why.get(run, "")

    def call(self, made: Coroutine[Any, Any, T]) -> T:
        """Have one thing made here and wait for it; its error is raised here. Never from this thread itself."""
        return asyncio.run_coroutine_threadsafe(made, self._loop).result()

    async def _made(self, run: str, source: Callable[[], AsyncIterator[Any]]) -> None:
        try:
            async for _ in source():
                pass
        except CopydeskError as error:
            self._why[run] = str(error)
        except Exception:  # whatever it was, who waits is told; it is raised again
            self._why[run] = "The desk met a fault of its own; it is in the log."
            _log.exception("a run broke off", extra={"run": run})
            raise
