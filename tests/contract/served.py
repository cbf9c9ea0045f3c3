"""A model that is served, as the contract sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.models.answer import Answer
from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.structured import Message, Structured

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

PATIENCE_S = 120.0
"""Seconds for what must come at all: the machine may be busy with other work."""


@dataclass
class Served:
    """A model to be held to the contract.

    `environment`: the variables that make a desk use it. `build`: the chat model of an endpoint. `context`: tokens of
    prompt and answer together. `ended`: how many calls the model has ended so far, where it can be asked from outside.
    """

    endpoint: Endpoint
    environment: Mapping[str, str]
    build: Callable[[Endpoint], BaseChatModel] = chat_model
    context: int = 4096
    ended: Callable[[], int] | None = None

    @cached_property
    def structured(self) -> Structured:
        """The way in which the desk asks it."""
        return Structured(self.endpoint, self.build)

    def with_answers_of(self, max_tokens: int) -> Structured:
        """The same model, with answers of at most so many tokens."""
        return Structured(replace(self.endpoint, max_tokens=max_tokens), self.build)


async def ask(model: Structured, text: str, schema: Mapping[str, Any], deadline_s: float = PATIENCE_S) -> Answer:
    """One question of a single turn."""
    return await model.ask(said(text), schema, deadline_s=deadline_s)


def said(text: str) -> Sequence[Message]:
    """A conversation of one question."""
    return [{"role": "system", "content": "You write for a bank."}, {"role": "user", "content": text}]


def together(model: Structured, *asks: tuple[str, Mapping[str, Any]]) -> list[Answer]:
    """Questions asked at once, on a loop of their own; the answers in the same order."""

    async def all_of_them() -> list[Answer]:
        try:
            return await asyncio.gather(*(ask(model, text, schema) for text, schema in asks))
        finally:
            await model.aclose()

    return asyncio.run(all_of_them())
