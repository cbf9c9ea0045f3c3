"""A circuit breaker: a server that fails and fails is left alone for a while, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.errors import ModelUnavailable

_FAILURES = 5
"""So many calls in a row without an answer open it."""
_FIRST_S, _LONGEST_S = 5.0, 120.0


class Breaker:
    """Closed while calls are answered; open for a time that doubles with each failed trial; then one call tries.

    `clock` gives monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed = 0
        self._pause = _FIRST_S
        self._until: float | None = None
        self._trying = False

    def check(self) -> None:
        """Raises ModelUnavailable (fault `open`) while the server is left alone."""
        if self._until is None:
            return
        left = self._until - self._clock()
        if left > 0 or self._trying:
            what = f"The model did not answer {self._failed} times in a row and is left alone"
            raise ModelUnavailable(f"{what} for {max(left, 1):.0f} s.", fault="open")
        self._trying = True

    def answered(self) -> None:
        """A call was answered, whatever the answer was worth."""
        self._failed, self._pause, self._until, self._trying = 0, _FIRST_S, None, False

    def failed(self) -> None:
        """A call found no server, or none that answered in time."""
        self._failed += 1
        if self._trying or self._failed == _FAILURES:
            self._until = self._clock() + self._pause
            self._pause = min(_LONGEST_S, self._pause * 2)
        self._trying = False

    def given_up(self) -> None:
        """A call was taken back by its caller: it says nothing about the server."""
        self._trying = False
