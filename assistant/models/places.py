"""How many calls may be under way at once: as many as the server bears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_LESS = 0.7
"""What is left of the limit after the server said that it is too much."""


class Places:
    """A limit that falls by a third at each sign of overload and grows by one for each round of calls that went well.

    `most`: the limit that it starts from and never passes. Belongs to one event loop.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.limit = float(most)
        self._taken = 0
        self._free = asyncio.Condition()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A place, once there is one."""
        async with self._free:
            await self._free.wait_for(lambda: self._taken < max(1, int(self.limit)))
            self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
            async with self._free:
                self._free.notify_all()

    def went_well(self) -> None:
        """A call was answered."""
        self.limit = min(float(self.most), self.limit + 1 / max(1.0, self.limit))

    def overloaded(self) -> None:
        """The server asked for fewer calls, or did not answer in time."""
        self.limit = max(1.0, self.limit * _LESS)
