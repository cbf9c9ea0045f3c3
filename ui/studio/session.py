"""What one tab of the studio knows: its run, what of it is finished, what of that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.brief import Cell
from assistant.domain.draft import Written
from ui.parts.cards import Row

PAGE = 50
"""Variants a page; the limit of the design is 200."""


@dataclass
class View:
    """The filter and the page that the reader chose; None is all."""

    channel: str | None = None
    locale: str | None = None
    verdict: str | None = None
    page: int = 0

    def shows(self, cell: Cell) -> bool:
        """Whether a cell's texts are let through, whatever their verdict."""
        return self.channel in (None, cell.channel) and self.locale in (None, cell.locale)


@dataclass
class Run:
    """One press of Write: the cells of its brief in order, those that are finished, whether it is to end."""

    id: str
    order: dict[str, int]
    done: dict[str, Written] = field(default_factory=dict)
    writing: bool = True
    stopped: bool = False

    @property
    def total(self) -> int:
        """How many cells the brief has."""
        return len(self.order)

    def finished(self) -> list[Written]:
        """What is finished, in the order of the brief."""
        return sorted(self.done.values(), key=lambda one: self.order.get(one.cell.key, len(self.order)))


@dataclass
class Session:
    """One tab. Gradio hands every handler of a tab the same object, so a flag set by one is seen by the others."""

    run: Run | None = None
    view: View = field(default_factory=View)

    def begin(self, run: str, cells: Sequence[Cell]) -> Run:
        """A new run. An earlier one that still writes, its reader's connection lost, is asked to end."""
        self.stop()
        self.run = Run(run, {cell.key: place for place, cell in enumerate(cells)})
        self.view.page = 0
        return self.run

    def stop(self) -> None:
        """Ask the writing to end; what is finished stays."""
        if self.run is not None and self.run.writing:
            self.run.stopped = True

    def rows(self) -> list[Row]:
        """Every variant that the filter lets through."""
        return [
            (one, variant)
            for one in (self.run.finished() if self.run else ())
            if self.view.shows(one.cell)
            for variant in one.variants
            if self.view.verdict in (None, variant.verdict)
        ]

    def turn(self, rows: int, by: int = 0) -> int:
        """Turn the page and say which it is; it stays within what there is."""
        last = max(0, (rows - 1) // PAGE)
        self.view.page = min(max(self.view.page + by, 0), last)
        return self.view.page
