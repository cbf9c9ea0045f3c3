"""The writer whose words a language model finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.errors import ModelAnswer
from assistant.writing.drafts import Draft, Job
from assistant.writing.model.answer import answer_schema, decoding_schema, drafts_of, titled, variant_of
from assistant.writing.model.material import estimate, fenced, material, slots_offered
from assistant.writing.model.prompt import Message, Prompt, PromptFile

LATE_S = 90.0


class Answered(Protocol):
    """What came back: an object that the schema holds."""

    @property
    def content(self) -> dict[str, Any]: ...


class Model(Protocol):
    """What the writer needs of a model."""

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
    ) -> Answered: ...


class ModelWriter:
    """Asks a model for the drafts of a cell. Its prompts hold what the pack knows, and slot names: no customer's datum.

    `model_name` goes into `name`, with the prompts' versions, so that a stored draft says what wrote it.
    `deadline_s`: seconds that one call may take, retries included.
    """

    def __init__(
        self,
        pack: Pack,
        model: Model,
        model_name: str,
        prompts: Mapping[str, PromptFile],
        *,
        deadline_s: float = LATE_S,
        count_tokens: Callable[[str], int] = estimate,
    ) -> None:
        self._pack = pack
        self._model = model
        self._write, self._repair = prompts["write"], prompts["repair"]
        self._deadline_s = deadline_s
        self._count_tokens = count_tokens
        self.name = f"model:{model_name}:{self._write.version}.{self._repair.version}"

    def prompt(self, job: Job) -> Prompt:
        """The prompt of a cell; cells of one brief and product share all of it but its end."""
        budget = self._write.front.budget.get("evidence_tokens", 0)
        return self._write.render(material(self._pack, job, budget, self._count_tokens))

    async def write(self, job: Job) -> list[Draft]:
        """At most `job.count` drafts, slots open. Raises ModelUnavailable, ModelAnswer."""
        return (await self._ask(job, self.prompt(job).messages, job.count, exact=False))[: job.count]

    async def repair(self, job: Job, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> list[Draft]:
        """One round of mending: `findings[i]` is what was found in `drafts[i]`. Raises as `write` does."""
        channel = self._pack.channels[job.cell.channel]
        said = {"variants": [variant_of(draft, channel) for draft in drafts]}
        told = [[_told(one, draft) for one in found] for draft, found in zip(drafts, findings, strict=True)]
        # The first prompt stands before the correction word for word: the server has it in its prefix cache.
        messages: list[Message] = [
            *self.prompt(job).messages,
            {"role": "assistant", "content": json.dumps(said, ensure_ascii=False)},
            *self._repair.render({"variants": told}).messages,
        ]
        return await self._ask(job, messages, len(drafts), exact=True)

    async def _ask(self, job: Job, messages: Sequence[Message], count: int, *, exact: bool) -> list[Draft]:
        channel, angles = self._pack.channels[job.cell.channel], self._pack.institution.angles
        slots = list(slots_offered(self._pack, job))
        answered = await self._model.ask(
            messages,
            decoding_schema(angles, count, titled(channel), slots),
            deadline_s=self._deadline_s,
            accept=answer_schema(angles, count, titled(channel), exact=exact),
        )
        drafts = list(drafts_of(answered.content, channel, slots))
        if not drafts:
            raise ModelAnswer("Every variant of the model's answer holds a slot that does not exist.")
        return drafts


def _told(finding: Finding, draft: Draft) -> dict[str, str]:
    """A finding for the model. Its span lies in the text with slots filled: only the draft's own words go back out."""
    own = finding.text if finding.text and finding.text in draft.template else ""
    message = finding.message if own or not finding.text else finding.message.replace(finding.text, "…")
    return {"message": fenced(message), "span": fenced(own)}
