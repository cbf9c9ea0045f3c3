"""The private model: where it is, how it is asked, with which prompts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.calling import Calling
from assistant.errors import SettingsError
from assistant.writing.drafts import Mender

if TYPE_CHECKING:
    from assistant.models.endpoint import Endpoint
    from assistant.models.structured import Structured
    from assistant.models.tokens import Tokens
    from assistant.writing.model.prompter import Prompter


@dataclass
class Modelling(Calling):
    """The private model: where it is, how it is asked, with which prompts."""

    @cached_property
    def endpoint(self) -> Endpoint | None:
        """Where the model is, where one is set. Raises SettingsError where a server's model has no name."""
        settings = self.settings
        if settings.model_url is None:
            return None
        from pydantic import SecretStr

        from assistant.models.endpoint import LOCAL, Endpoint

        url, name = settings.model_url, settings.model_name
        if name is None and url.startswith(LOCAL):
            name = Path(url.removeprefix(LOCAL)).name
        if name is None:
            raise SettingsError(
                "COPYDESK_MODEL_URL is set without COPYDESK_MODEL_NAME.", "Name the model that it serves."
            )
        return Endpoint(
            url,
            name,
            SecretStr(settings.model_key or ""),
            timeout_s=settings.model_timeout,
            # A model in this process writes one text at a time: more calls would wait within their deadlines.
            concurrency=1 if url.startswith(LOCAL) else settings.model_concurrency,
            max_tokens=settings.model_max_tokens,
            seeded=settings.model_seed,
        )

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

    @cached_property
    def prompter(self) -> Prompter:
        """The prompts of cells; they can be looked at without a model."""
        from assistant.writing.model.examples import Examples
        from assistant.writing.model.prompt import load_prompt
        from assistant.writing.model.prompter import Prompter

        return Prompter(self.pack, load_prompt(self.content / "prompts", "write"), self.tokens, Examples(self.pack))

    @cached_property
    def model(self) -> Mender | None:
        """The model writer, where a model is set."""
        if self.structured is None:
            return None
        from assistant.writing.model.prompt import load_prompt
        from assistant.writing.model.writer import ModelWriter

        name, repair = self.structured.endpoint.name, load_prompt(self.content / "prompts", "repair")
        late = self.settings.model_timeout
        return ModelWriter(self.pack, self.structured, name, self.prompter, repair, deadline_s=late)
