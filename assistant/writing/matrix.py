"""The matrix: all cells of a brief, several at once, each stored once; it stops cleanly and resumes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Protocol

from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.writing.cells import CellWriter
from assistant.writing.notes import without_identifiers


class Drawer(Protocol):
    """Where finished cells are kept. `put` is one transaction; a cell that is there already stays as it is."""

    def begin(self, run: str, brief: Brief, pack_version: str, writer: str, maker: str | None = None) -> None: ...
    def finished(self, run: str) -> dict[str, Written]: ...
    def put(self, run: str, written: Written) -> None: ...
    def end(self, run: str) -> None: ...


class Matrix:
    """Writes a brief. `concurrency` cells are under way at once."""

    def __init__(self, pack: Pack, writer: CellWriter, drawer: Drawer, concurrency: int = 32) -> None:
        self._pack = pack
        self._writer = writer
        self._drawer = drawer
        self._concurrency = concurrency

    def run_id(self, brief: Brief) -> str:
        """The run that a brief belongs to: the same brief, knowledge and writer resume it."""
        return brief.digest(self._pack, self._writer.name)

    async def write(
        self, brief: Brief, stop: Callable[[], bool] = lambda: False, maker: str | None = None
    ) -> AsyncIterator[Written]:
        """Every cell once, in the order in which they finish; those of an earlier, broken run come first.

        `stop` is asked before each cell: what is finished stays, the rest is written by the next run. `maker`: who
        asked for it, who then never judges its texts. Raises InputError for a note that names somebody.
        """
        without_identifiers(brief.note)
        run = self.run_id(brief)
        self._drawer.begin(run, brief, self._pack.version, self._writer.name, maker)
        cells = list(brief.cells(self._pack))
        done = self._drawer.finished(run)
        for cell in cells:
            if cell.key in done:
                yield done[cell.key]
        left = (cell for cell in cells if cell.key not in done)
        pending: set[asyncio.Task[Written]] = set()
        try:
            while True:
                self._launch(left, pending, brief, run, stop)
                if not pending:
                    break
                ready, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in ready:
                    written = task.result()
                    self._drawer.put(run, written)
                    yield written
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
        if not stop():
            self._drawer.end(run)

    def _launch(
        self,
        left: Iterable[Cell],
        pending: set[asyncio.Task[Written]],
        brief: Brief,
        run: str,
        stop: Callable[[], bool],
    ) -> None:
        while len(pending) < self._concurrency and not stop():
            cell = next(iter(left), None)
            if cell is None:
                return
            pending.add(asyncio.create_task(self._writer.write(cell, brief, run)))
