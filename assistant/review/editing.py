"""Editing: other words, or today's values, in a text's place, through the same gate as any draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.domain.brief import Cell
from assistant.domain.draft import Variant
from assistant.domain.item import Item
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import Refused
from assistant.review.looking import Rows
from assistant.review.rules import Wish
from assistant.review.workflow import Workflow
from assistant.writing.drafts import Job
from assistant.writing.gate import Gate


@dataclass(frozen=True)
class Editing:
    """Changes texts on behalf of people."""

    pack: Pack
    gate: Gate
    rows: Rows
    workflow: Workflow

    def words(self, own: str, text: str, by: Person, seen: int | None, now: dt.datetime) -> Item:
        """Put other words in an item's place. Figures that a fact carries become its slots again. Raises UnknownId,
        Forbidden, Stale, Refused."""
        return self._changed(own, text, f"person:{by.login}", by, seen, now)

    def today(self, own: str, by: Person, seen: int | None, now: dt.datetime) -> Item:
        """Put the values of today into an item's template: the mend of a recall that needs no other words."""
        return self._changed(own, None, "", by, seen, now)

    def _changed(self, own: str, text: str | None, writer: str, by: Person, seen: int | None, now: dt.datetime) -> Item:
        row = self.rows([own])[own]
        job = self._job(row)
        words = text if text is not None else row["template"]
        key = f"{row['run']}|{row['id']}|{words}|{now.isoformat()}"
        variant = self.gate.reworded(job, words, key, row["angle"], writer or row["writer"])
        return self.workflow.edit(own, variant, Wish("edit", by, seen=seen), now)

    def preview(self, own: str, text: str) -> Variant:
        """What other words would be found to be; nothing is kept."""
        row = self.rows([own])[own]
        return self.gate.reworded(self._job(row), text, own, row["angle"], "person")

    def _job(self, row: Mapping[str, Any]) -> Job:
        cell = Cell.model_validate(row["made_for"])
        if cell.campaign not in self.pack.campaigns or cell.channel not in self.pack.channels:
            raise Refused("gone", f"What the text {row['id']} speaks of is in the pack no more.", "Write it anew.")
        product = self.pack.products.get(row["offer"]) if row["offer"] else None
        day = dt.date.fromisoformat(row["brief"]["send_on"])
        return Job(cell, product, (), 1, "", day)
