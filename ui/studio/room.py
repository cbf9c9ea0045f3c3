"""The writing room: one thread with its own event loop, so that writing never holds up the page.

The phrase writer computes for a second at a time between two awaits; on the server's own loop
every other reader, and this reader's Stop, would wait for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

T = TypeVar("T")
_END = object()


class WritingRoom:
    """Runs asynchronous iterators elsewhere and hands their items over in batches."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="copydesk-writing", daemon=True).start()

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
