"""A desk for the studio's tests: real services and store, cells written by a writer that the test holds in its hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.person import Person
from assistant.domain.values import Locale
from assistant.writing.matrix import Matrix
from ui.pages.studio import functions
from ui.surface import Caller
from ui.words import words_of

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MEI = Person(login="mei", name="Mei", roles=("marketer",))
LIN = Person(login="lin", name="Lin", roles=("marketer",))
ASKED: dict[str, Any] = {
    "campaign": "B1-TERM2Y",
    "segments": ["salary", "senior"],
    "ages": ["25-34", "65+"],
    "channels": ["sms", "push"],
    "locales": ["en"],
    "variants": 1,
}


class Hand:
    """Writes a cell a time, in an instant. `before` is called with how many it has written, and may raise; the first
    `failing` cells fail."""

    name = "hand"

    def __init__(
        self, before: Callable[[int], None] = lambda place: None, verdict: str = "pass", many: int = 1, failing: int = 0
    ) -> None:
        self.before = before
        self.verdict = verdict
        self.many = many
        self.failing = failing
        self.written = 0

    async def write(self, cell: Cell, brief: Brief, run: str) -> Written:
        """The cell."""
        self.before(self.written)
        self.written += 1
        if self.written <= self.failing:
            return Written(cell=cell, status="failed", why="<i>no</i> clauses", variants=[])
        words = {"template": "", "angle": "gain", "writer": "hand", "findings": [], "claims": []}
        variants = [
            Variant.model_validate(
                {
                    **words,
                    "verdict": self.verdict,
                    "id": f"{run[:4]}{self.written:04d}{n}",
                    "text": f"of {cell.channel}",
                }
            )
            for n in range(self.many)
        ]
        return Written(cell=cell, status="written", why="", variants=variants)


class Page:
    """The studio's functions as a script would ask them, for one person, in one language."""

    def __init__(self, desk: Desk, by: Person = MEI, locale: Locale = "en") -> None:
        self.desk = desk
        self.by = by
        self._functions = {one.name: one for one in functions(desk, words_of(locale))}

    def ask(self, name: str, **given: Any) -> dict[str, Any]:
        """What a function answers."""
        one = self._functions[name]
        return dict(one.answer(Caller(self.by, None, NOW), one.kind.model_validate(given)))

    def region(self, name: str, function: str, **given: Any) -> str:
        """One region of an answer, tags and all."""
        return str(self.ask(function, **given)["regions"][name])

    def write(self, **more: Any) -> str:
        """Have a brief written and wait for it; its run."""
        run = str(self.ask("write", asked={**ASKED, **more})["run"])
        self.wait(run)
        return run

    def wait(self, run: str) -> None:
        """Until nobody writes the run any more."""
        work = self.desk.room.of(run)
        assert work is not None
        work.exception(timeout=60)

    def texts(self, run: str, **more: Any) -> list[str]:
        """The ids of a view's texts."""
        return list(self.ask("sheet", run=run, **more)["texts"])


def by_hand(desk: Desk, hand: Hand) -> Page:
    """The page over a desk at which a hand writes."""
    desk.__dict__["matrix"] = Matrix(desk.pack, hand, desk.drafts, concurrency=1)  # type: ignore[arg-type]
    return Page(desk)


def plain(markup: str) -> str:
    """What a person reads of it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)).strip()
