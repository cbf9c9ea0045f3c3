"""The private model: where it is, how it is asked, with which prompts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap.outgoing import Outgoing
from assistant.bootstrap.reviewing import Reviewing

if TYPE_CHECKING:
    from assistant.models.endpoint import Endpoint
    from assistant.models.structured import Structured
    from assistant.models.tokens import Tokens
    from assistant.writing.model.prompt import PromptFile
    from assistant.writing.model.prompter import Prompter
    from assistant.writing.model.suggest import SuggestPrompter
    from assistant.writing.model.writer import ModelWriter


@dataclass
class Modelling(Reviewing):
    """The private model: where it is, how it is asked, with which prompts."""

    @cached_property
    def outgoing(self) -> Outgoing:
        """Exports, results, and the library of what was approved, which the model is shown of."""
        return Outgoing(self)

    @cached_property
    def endpoint(self) -> Endpoint | None:
        """Where the model is, where one is set. Raises SettingsError where a server's model has no name."""
        if self.settings.model_url is None:
            return None
        from assistant.models.configured import endpoint_of

        return endpoint_of(self.settings)

    @cached_property
    def structured(self) -> Structured | None:
        """What asks the model, where one is set."""
        if self.endpoint is None:
            return None
        from assistant.models.structured import Structured

        return Structured(self.endpoint)

    @cached_property
    def tokens(self) -> Tokens:
        """The best count of tokens that is to be had."""
        from assistant.models.tokens import Tokens

        return Tokens(self.endpoint)

    def prompt(self, task: str) -> PromptFile:
        """The prompt of a task, in the version that the desk was wired with, else in its highest."""
        from assistant.writing.model.prompt import load_prompt

        return load_prompt(self.content / "prompts", task, self.prompt_versions.get(task))

    @cached_property
    def prompter(self) -> Prompter:
        """The prompts of cells; they can be looked at without a model."""
        from assistant.writing.model.examples import Examples
        from assistant.writing.model.prompter import Prompter

        return Prompter(self.pack, self.prompt("write"), self.tokens, Examples(self.pack, approved=self.outgoing.shown))

    @cached_property
    def suggest_prompter(self) -> SuggestPrompter:
        """The prompts for another wording; they can be looked at without a model."""
        from assistant.writing.model.suggest import SuggestPrompter

        return SuggestPrompter(self.pack, self.prompter, self.prompt("suggest"))

    @cached_property
    def model(self) -> ModelWriter | None:
        """The model writer, where a model is set."""
        if self.structured is None:
            return None
        from assistant.writing.model.writer import ModelWriter

        name, late = self.structured.endpoint.name, self.settings.model_timeout
        return ModelWriter(self.pack, self.structured, name, self.prompter, self.prompt("repair"), deadline_s=late)
