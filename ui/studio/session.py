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


@dataclass
class Session:
    """One tab. Gradio hands every handler of a tab the same object, so a flag set by one is seen by the others."""

    run: str | None = None
    order: dict[str, int] = field(default_factory=dict)
    done: dict[str, Written] = field(default_factory=dict)
    writing: bool = False
    stopped: bool = False
    view: View = field(default_factory=View)

    @property
    def total(self) -> int:
        """How many cells the brief has."""
        return len(self.order)

    def begin(self, run: str, cells: Sequence[Cell]) -> None:
        """A new run: nothing of it is here yet, nobody has stopped it."""
        self.run, self.done = run, {}
        self.order = {cell.key: place for place, cell in enumerate(cells)}
        self.writing, self.stopped = True, False
        self.view.page = 0

    def stop(self) -> None:
        """Ask the writing to end; what is finished stays."""
        self.stopped = True

    def sorted(self) -> list[Written]:
        """What is finished, in the order of the brief."""
        return sorted(self.done.values(), key=lambda one: self.order.get(one.cell.key, len(self.order)))

    def rows(self) -> list[Row]:
        """Every variant that the filter lets through."""
        view = self.view
        return [
            (one, variant)
            for one in self.sorted()
            if view.channel in (None, one.cell.channel) and view.locale in (None, one.cell.locale)
            for variant in one.variants
            if view.verdict in (None, variant.verdict)
        ]

    def turn(self, rows: int, by: int = 0) -> int:
        """Turn the page and say which it is; it stays within what there is."""
        last = max(0, (rows - 1) // PAGE)
        self.view.page = min(max(self.view.page + by, 0), last)
        return self.view.page
