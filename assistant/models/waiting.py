"""A thread that waits for what runs on a loop: one loop for all who wait, so that connections and places are shared."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar

from assistant.errors import ModelUnavailable

T = TypeVar("T")


class Waiting:
    """Runs coroutines on a loop of its own, in a thread that ends with the process."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def __call__(self, work: Coroutine[Any, Any, T], within_s: float) -> T:
        """What it returns. Raises what it raises, and ModelUnavailable (fault `late`) after so many seconds, even
        where the work holds its loop and nothing can be cancelled."""
        waited = asyncio.run_coroutine_threadsafe(work, self._running())
        try:
            return waited.result(within_s)
        except Late:
            waited.cancel()
            raise ModelUnavailable(f"The model did not answer within {within_s:g} s.", fault="late") from None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="model", daemon=True).start()
            return self._loop

    def close(self) -> None:
        """End the loop; work that is under way is given up."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None
