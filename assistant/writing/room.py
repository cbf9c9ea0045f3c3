"""The writing room: one thread with its own event loop, so that writing never holds up the page.

The phrase writer computes for a second at a time between two awaits; on the server's own loop
every other reader, and this reader's Stop, would wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from assistant.errors import CopydeskError

T = TypeVar("T")
_END = object()
_log = logging.getLogger("copydesk.writing")


class WritingRoom:
    """Runs asynchronous iterators elsewhere and hands their items over in batches."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="copydesk-writing", daemon=True).start()
        self._under_way: dict[str, Future[None]] = {}
        self._why: dict[str, str] = {}

    def begin(self, run: str, source: Callable[[], AsyncIterator[Any]]) -> bool:
        """Have everything that `source` yields made, and go on at once; False where the run is under way."""
        if self.busy(run):
            return False
        self._why.pop(run, None)
        self._under_way[run] = asyncio.run_coroutine_threadsafe(self._made(run, source), self._loop)
        return True

    def busy(self, run: str) -> bool:
        """Whether a run is under way here."""
        work = self.of(run)
        return work is not None and not work.done()

    def of(self, run: str) -> Future[None] | None:
        """The work at a run, to wait for it; None where it was never begun here."""
        return self._under_way.get(run)

    def why(self, run: str) -> str:
        """Why a run broke off here; empty where it did not."""
        return self._why.get(run, "")

    async def _made(self, run: str, source: Callable[[], AsyncIterator[Any]]) -> None:
        try:
            async for _ in source():
                pass
        except CopydeskError as error:
            self._why[run] = str(error)
        except Exception:
            self._why[run] = "The desk met a fault of its own; it is in the log."
            _log.exception("a run broke off", extra={"run": run})
            raise

    async def batches(self, source: Callable[[], AsyncIterator[T]], pause: float = 0.2) -> AsyncIterator[list[T]]:
        """Everything that `source` yields, gathered for at least `pause` seconds a batch; its error is raised here.

        What was begun is finished even if the reader leaves: the items are in the store by then.
        """
        here = asyncio.get_running_loop()
        queue: asyncio.Queue[object] = asyncio.Queue()

        async def drain() -> None:
            try:
                async for item in source():
                    here.call_soon_threadsafe(queue.put_nowait, item)
            finally:
                here.call_soon_threadsafe(queue.put_nowait, _END)

        drained = asyncio.run_coroutine_threadsafe(drain(), self._loop)
        while True:
            batch = [await queue.get()]
            if batch[0] is not _END:
                await asyncio.sleep(pause)
            while not queue.empty():
                batch.append(queue.get_nowait())
            items: list[T] = [item for item in batch if item is not _END]  # type: ignore[misc]
            if items:
                yield items
            if _END in batch:
                break
        await asyncio.wrap_future(drained)
