"""The text that somebody decided on before the words were changed: what a second look is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.domain.audit import Entry
from assistant.domain.draft import Kept
from assistant.domain.item import JUDGED, Item


@dataclass(frozen=True)
class Versions:
    """Finds earlier texts of items. `rows`: the audit rows of a subject, oldest first; `kept`: a draft by its id."""

    rows: Callable[[str], Iterable[Entry]]
    kept: Callable[[str], Kept]

    def before(self, item: Item) -> str | None:
        """The text at the last decision on other words, else the one that the last edit replaced; None for the first.

        Whoever asked for changes wants to see what became of the words that they asked them for.
        """
        decided = replaced = None
        for row in self.rows(f"item:{item.id}"):
            draft = row.body.get("draft")
            if row.act in JUDGED and draft and draft != item.draft:
                decided = draft
            if row.act == "edit" and row.body.get("replaces") and row.body["replaces"] != item.draft:
                replaced = row.body["replaces"]
        earlier = decided or replaced
        return self.kept(earlier).variant.text if earlier else None
