"""The desk's texts for a harvest: each draft read once, and what the pack no longer knows left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.domain.draft import Kept
from eval.harvest.history import History, history
from eval.harvest.screen import Screen

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


@dataclass
class Reading:
    """A desk as a harvest reads it. `since`: what came before that day is no evidence, but still overrules."""

    desk: Desk
    since: dt.date | None = None
    _kept: dict[str, Kept] = field(default_factory=dict)

    @cached_property
    def history(self) -> History:
        """What became of every text."""
        return history(self.desk.audit.rows())

    @cached_property
    def screen(self) -> Screen:
        """What masks personal data."""
        return Screen(self.desk)

    def fresh(self, at: dt.datetime) -> bool:
        """Whether a moment is late enough to count."""
        return self.since is None or at.date() >= self.since

    def kept(self, draft: str) -> Kept:
        """A draft with its cell and brief. Raises UnknownId."""
        if draft not in self._kept:
            self._kept[draft] = self.desk.drafts.kept(draft)
        return self._kept[draft]

    def known(self, draft: str) -> bool:
        """Whether the pack of today has all that a draft was written for: else nobody can write it anew."""
        cell, pack = self.kept(draft).cell, self.desk.pack
        return (
            cell.campaign in pack.campaigns
            and cell.segment in pack.segments
            and cell.age in pack.ages
            and cell.channel in pack.channels
            and cell.locale in pack.locales
        )
