"""What every writer by a model shares: the question and its call, the round of mending, findings without a datum."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.call import Call, CallKind, Cut
from assistant.domain.finding import Finding
from assistant.writing.model.answer import Schema
from assistant.writing.model.calls import Model, call_of
from assistant.writing.model.material import fenced
from assistant.writing.model.prompt import Message, PromptFile

LATE_S = 90.0


@dataclass(frozen=True)
class Asking:
    """Asks a model and keeps what it takes to make the call again.

    `file` and `repair` are the prompts of the first question and of the round of mending; `knowledge` the version of
    the pack; `deadline_s` the seconds that one call may take, retries included.
    """

    model: Model
    model_name: str
    file: PromptFile
    repair: PromptFile
    knowledge: str
    deadline_s: float = LATE_S

    @property
    def name(self) -> str:
        """The model and the versions of its prompts: a stored text says what wrote it."""
        return f"model:{self.model_name}:{self.file.version}.{self.repair.version}"

    async def ask(
        self,
        kind: CallKind,
        messages: Sequence[Message],
        schema: Schema,
        accept: Schema,
        cut: Sequence[Cut] = (),
        within_s: float | None = None,
        file: PromptFile | None = None,
    ) -> tuple[dict[str, Any], Call]:
        """The answer and its call; `within_s` may only shorten `deadline_s`; `file` is a third prompt, where it asks.

        Raises ModelUnavailable, ModelAnswer.
        """
        deadline_s = self.deadline_s if within_s is None else min(within_s, self.deadline_s)
        answered = await self.model.ask(messages, schema, deadline_s=deadline_s, accept=accept)
        prompt = file or (self.file if kind == "write" else self.repair)
        return answered.content, call_of(kind, prompt.named, self.knowledge, messages, schema, answered, cut)

    def mending(
        self, first: Sequence[Message], said: Mapping[str, Any], values: Mapping[str, Any]
    ) -> tuple[Message, ...]:
        """The conversation that asks for mended words.

        The first prompt stands before the correction word for word: the server has it in its prefix cache.
        """
        answer = {"role": "assistant", "content": json.dumps(said, ensure_ascii=False)}
        return (*first, answer, *self.repair.render(values).messages)


def told(finding: Finding, own: str, hidden: Sequence[str] = ()) -> dict[str, str]:
    """A finding for the model. Its span lies in the text with slots filled: only the model's own words go back out.

    `own` is what the model wrote; `hidden`: values of the customer's own, which no message may repeat.
    """
    span = finding.text if finding.text and finding.text in own else ""
    message = finding.message
    for value in sorted({*hidden, "" if span else finding.text} - {""}, key=len, reverse=True):
        message = message.replace(value, "…")
        span = "" if value in span and value in hidden else span
    return {"message": fenced(message), "span": fenced(span)}
