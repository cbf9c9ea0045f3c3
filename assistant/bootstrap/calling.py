"""The next actions, their scripts and what follows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from assistant.bootstrap.modelling import Modelling
from assistant.settings import silence_ray

if TYPE_CHECKING:
    from assistant.playbook.actions import Engine, NextActions
    from assistant.playbook.names import Names
    from assistant.writing.scripts.after import FollowUps
    from assistant.writing.scripts.by_model import ModelScripts
    from assistant.writing.scripts.model.prompter import ScriptPrompter
    from assistant.writing.scripts.of_actions import Scripts
    from assistant.writing.scripts.own_words import OwnWords
    from assistant.writing.scripts.writer import ScriptWriter


@dataclass
class Calling(Modelling):
    """The next actions, their scripts and what follows them."""

    @cached_property
    def actions(self) -> NextActions:
        """Scans, and the next actions that they found."""
        from assistant.playbook.actions import NextActions
        from assistant.store.actions import ActionStore

        return NextActions(self.pack, ActionStore(self.database), self.settings.data)

    @cached_property
    def scripts(self) -> Scripts:
        """Call scripts for the next actions, by the model where one is set."""
        from assistant.writing.scripts.of_actions import Scripts

        return Scripts(self.pack, self.told_by_model or self.told_by_lines, self.actions)

    @cached_property
    def told_by_lines(self) -> ScriptWriter:
        """The writer of scripts that needs no model."""
        from assistant.writing.scripts.writer import ScriptWriter

        return ScriptWriter(self.pack, self.engine)

    @cached_property
    def names(self) -> Names:
        """What customers and managers are called."""
        from assistant.playbook.names import Names

        return Names(self.pack, self.actions.place)

    @cached_property
    def own_words(self) -> OwnWords:
        """The checks of what a manager says in words of their own."""
        from assistant.writing.scripts.own_words import OwnWords

        return OwnWords(self.pack, self.engine)

    @cached_property
    def follow_ups(self) -> FollowUps:
        """The messages after calls."""
        from assistant.writing.scripts.after import FollowUps

        return FollowUps(self.told_by_lines)

    @cached_property
    def script_prompter(self) -> ScriptPrompter:
        """The prompts of calls; they can be looked at without a model."""
        from assistant.retrieval.evidence import guides_for
        from assistant.writing.scripts.model.prompter import ScriptPrompter

        return ScriptPrompter(self.pack, self.prompt("script"), partial(guides_for, self.search), self.tokens)

    @cached_property
    def told_by_model(self) -> ModelScripts | None:
        """The writer of scripts by a model, where one is set."""
        if self.structured is None:
            return None
        from assistant.models.waiting import Waiting
        from assistant.writing.model.asking import Asking
        from assistant.writing.scripts.by_model import ModelScripts
        from assistant.writing.scripts.model.teller import Teller

        self.structured.load()
        model, file, repair = self.structured, self.script_prompter.file, self.prompt("script_repair")
        late, in_all = self.settings.model_timeout, self.settings.script_timeout
        asking = Asking(model, model.endpoint.name, file, repair, self.pack.version, late)
        return ModelScripts(self.told_by_lines, Teller(self.pack, asking, self.script_prompter), Waiting(), in_all)

    def engine_of_scans(self, name: str) -> Engine:
        """What a scan runs on: `duckdb` in this process, or `ray` here or on the cluster that the settings name."""
        if name == "ray":
            from assistant.playbook.on_ray import LOCAL, scan_on_ray

            silence_ray()
            return partial(scan_on_ray, address=self.settings.ray_address or LOCAL)
        from assistant.playbook.scan import scan

        return scan
