"""The writer whose words a language model finds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.draft import CallKind, Cut
from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.errors import ModelAnswer
from assistant.writing.drafts import Draft, Job
from assistant.writing.model.answer import answer_schema, decoding_schema, drafts_of, titled, variant_of
from assistant.writing.model.calls import Model, call_of
from assistant.writing.model.material import fenced, slots_offered
from assistant.writing.model.prompt import Message, PromptFile
from assistant.writing.model.prompter import Prompter

LATE_S = 90.0


class ModelWriter:
    """Asks a model for the drafts of a cell.

    `model_name` goes into `name`, with the prompts' versions, so that a stored draft says what wrote it.
    `deadline_s`: seconds that one call may take, retries included.
    """

    def __init__(
        self,
        pack: Pack,
        model: Model,
        model_name: str,
        prompter: Prompter,
        repair: PromptFile,
        *,
        deadline_s: float = LATE_S,
    ) -> None:
        self.pack = pack
        self._model = model
        self._prompter, self._repair = prompter, repair
        self._deadline_s = deadline_s
        self.name = f"model:{model_name}:{prompter.file.version}.{repair.version}"

    async def write(self, job: Job) -> list[Draft]:
        """At most `job.count` drafts, slots open. Raises ModelUnavailable, ModelAnswer."""
        prompt, cut = self._prompter.prompt(job)
        drafts = await self.ask("write", self._prompter.file, job, prompt.messages, count=job.count, cut=cut)
        return drafts[: job.count]

    async def repair(self, job: Job, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> list[Draft]:
        """One round of mending: `findings[i]` is what was found in `drafts[i]`. Raises as `write` does."""
        channel = self.pack.channels[job.cell.channel]
        said = {"variants": [variant_of(draft, channel) for draft in drafts]}
        told = [[_told(one, draft) for one in found] for draft, found in zip(drafts, findings, strict=True)]
        # The first prompt stands before the correction word for word: the server has it in its prefix cache.
        messages: list[Message] = [
            *self._prompter.prompt(job)[0].messages,
            {"role": "assistant", "content": json.dumps(said, ensure_ascii=False)},
            *self._repair.render({"variants": told}).messages,
        ]
        return await self.ask("repair", self._repair, job, messages, count=len(drafts))

    async def ask(
        self,
        kind: CallKind,
        file: PromptFile,
        job: Job,
        messages: Sequence[Message],
        *,
        count: int,
        cut: Sequence[Cut] = (),
        whole: bool = True,
    ) -> list[Draft]:
        """Drafts with the call that they come from: whole texts of the job's channel, or sentences of one.

        Raises ModelUnavailable, ModelAnswer.
        """
        channel, angles = self.pack.channels[job.cell.channel], self.pack.institution.angles
        slots, title = list(slots_offered(self.pack, job)), whole and titled(channel)
        schema = decoding_schema(angles, count, title, slots)
        # Mended texts take the places of those that were sent, so their number must be right.
        accept = answer_schema(angles, count, title, exact=kind == "repair")
        answered = await self._model.ask(messages, schema, deadline_s=self._deadline_s, accept=accept)
        call = call_of(kind, file.named, self.pack.version, messages, schema, answered, cut)
        found = drafts_of(answered.content, channel, slots, whole=whole)
        drafts = [replace(draft, call=call) for draft in found]
        if not drafts:
            what = "Every variant of the model's answer holds a slot that does not exist."
            raise ModelAnswer(what, fault="unknown_slot")
        return drafts


def _told(finding: Finding, draft: Draft) -> dict[str, str]:
    """A finding for the model. Its span lies in the text with slots filled: only the draft's own words go back out."""
    own = finding.text if finding.text and finding.text in draft.template else ""
    message = finding.message if own or not finding.text else finding.message.replace(finding.text, "…")
    return {"message": fenced(message), "span": fenced(own)}
