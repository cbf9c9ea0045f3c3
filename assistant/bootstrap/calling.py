"""The next actions and their scripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap.reviewing import Reviewing

if TYPE_CHECKING:
    from assistant.playbook.actions import NextActions
    from assistant.writing.scripts.of_actions import Scripts


@dataclass
class Calling(Reviewing):
    """The next actions and their scripts."""

    @cached_property
    def actions(self) -> NextActions:
        """Scans, and the next actions that they found."""
        from assistant.playbook.actions import NextActions
        from assistant.store.actions import ActionStore

        return NextActions(self.pack, ActionStore(self.database), self.settings.data)

    @cached_property
    def scripts(self) -> Scripts:
        """Call scripts for the next actions."""
        from assistant.writing.scripts.of_actions import Scripts
        from assistant.writing.scripts.writer import ScriptWriter

        return Scripts(ScriptWriter(self.pack, self.engine), self.actions)
