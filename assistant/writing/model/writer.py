"""The writer whose words a language model finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.call import CallKind, Cut
from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.errors import ModelAnswer
from assistant.writing.drafts import Draft, Job
from assistant.writing.model.answer import answer_schema, decoding_schema, drafts_of, titled, variant_of
from assistant.writing.model.asking import LATE_S, Asking, told
from assistant.writing.model.calls import Model
from assistant.writing.model.material import slots_offered
from assistant.writing.model.prompt import Message, PromptFile
from assistant.writing.model.prompter import Prompter


class ModelWriter:
    """Asks a model for the drafts of a cell.

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
        self._pack = pack
        self._prompter = prompter
        self._asking = Asking(model, model_name, prompter.file, repair, pack.version, deadline_s)
        self.name = self._asking.name

    async def write(self, job: Job) -> list[Draft]:
        """At most `job.count` drafts, slots open. Raises ModelUnavailable, ModelAnswer."""
        prompt, cut = self._prompter.prompt(job)
        return (await self.ask("write", job, prompt.messages, count=job.count, cut=cut))[: job.count]

    async def repair(
        self,
        job: Job,
        drafts: Sequence[Draft],
        findings: Sequence[Sequence[Finding]],
        *,
        first: Sequence[Message] | None = None,
        whole: bool = True,
    ) -> list[Draft]:
        """One round of mending: `findings[i]` is what was found in `drafts[i]`. Raises as `write` does.

        `first`: the conversation that the drafts answered, where it is not the cell's prompt; `whole` as for `ask`.
        """
        channel = self._pack.channels[job.cell.channel]
        said = {"variants": [variant_of(draft, channel, whole=whole) for draft in drafts]}
        pairs = zip(drafts, findings, strict=True)
        found = {"variants": [[told(one, draft.template) for one in several] for draft, several in pairs]}
        messages = self._asking.mending(first or self._prompter.prompt(job)[0].messages, said, found)
        return await self.ask("repair", job, messages, count=len(drafts), whole=whole)

    async def ask(
        self,
        kind: CallKind,
        job: Job,
        messages: Sequence[Message],
        *,
        count: int,
        cut: Sequence[Cut] = (),
        file: PromptFile | None = None,
        whole: bool = True,
    ) -> list[Draft]:
        """Drafts with the call that they come from: whole texts of the job's channel, or sentences of one.

        `file` is the prompt that asks, where it is neither the first nor the round of mending.
        Raises ModelUnavailable, ModelAnswer.
        """
        channel, angles = self._pack.channels[job.cell.channel], self._pack.institution.angles
        slots, title = list(slots_offered(self._pack, job)), whole and titled(channel)
        schema = decoding_schema(angles, count, title, slots)
        # Mended texts take the places of those that were sent, so their number must be right.
        accept = answer_schema(angles, count, title, exact=kind == "repair")
        content, call = await self._asking.ask(kind, messages, schema, accept, cut, file=file)
        drafts = [replace(draft, call=call) for draft in drafts_of(content, channel, slots, whole=whole)]
        if not drafts:
            what = "Every variant of the model's answer holds a slot that does not exist."
            raise ModelAnswer(what, fault="unknown_slot")
        return drafts
