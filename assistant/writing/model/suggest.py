"""Another wording of a text, or of a sentence of it, by a person's wish: one more turn after the cell's prompt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.writing.drafts import Draft, Job
from assistant.writing.frame import HERE
from assistant.writing.model.answer import variant_of
from assistant.writing.model.material import fenced
from assistant.writing.model.prompt import Prompt, PromptFile
from assistant.writing.model.prompter import Prompter
from assistant.writing.model.writer import ModelWriter
from assistant.writing.notes import without_identifiers


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks: `draft`, slots open and without its frame, by a wish; or another `sentence` of it.

    HERE may stand in the draft, where its warnings stood; the model is not told.
    """

    draft: Draft
    note: str = ""
    sentence: str = ""


class SuggestPrompter:
    """Fills the `suggest` prompt behind the cell's own."""

    def __init__(self, pack: Pack, prompter: Prompter, file: PromptFile) -> None:
        self._pack = pack
        self._prompter = prompter
        self.file = file

    def prompt(self, job: Job, asked: Asked, count: int = 1) -> Prompt:
        """The cell's prompt, the text as an answer to it, the wish. InputError where either names somebody.

        `job` is the one that the text was written for, so that the server has its prompt in its prefix cache.
        """
        own_hosts = self._pack.institution.link_hosts
        text = without_identifiers(asked.draft.template, "text", own_hosts)
        note = without_identifiers(asked.note.strip())
        text = text.replace(HERE, "")
        said = {"variants": [variant_of(Draft(text, asked.draft.angle), self._pack.channels[job.cell.channel])]}
        values = {"note": fenced(note), "sentence": fenced(asked.sentence), "count": count}
        own = ("assistant", "text", json.dumps(said, ensure_ascii=False))
        return self._prompter.prompt(job)[0].then(own, *self.file.render(values).sections)


class Suggester:
    """Asks the model that a writer asks."""

    def __init__(self, writer: ModelWriter, prompter: SuggestPrompter) -> None:
        self._writer = writer
        self._prompter = prompter
        self.name = writer.name

    async def suggest(self, job: Job, asked: Asked, count: int = 1) -> list[Draft]:
        """At most `count` drafts of the whole text. Raises ModelUnavailable, ModelAnswer."""
        messages, whole = self._prompter.prompt(job, asked, count).messages, not asked.sentence
        drafts = await self._writer.ask("suggest", job, messages, count=count, file=self._prompter.file, whole=whole)
        return [draft if whole else _in_place(asked, draft) for draft in drafts[:count]]

    async def repair(
        self, job: Job, asked: Asked, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]
    ) -> list[Draft]:
        """One round of mending, with the wish in sight, so that mending does not undo it. Raises as `suggest` does."""
        first, whole = self._prompter.prompt(job, asked, len(drafts)).messages, not asked.sentence
        said = drafts if whole else [_taken_out(asked, draft) for draft in drafts]
        mended = await self._writer.repair(job, said, findings, first=first, whole=whole)
        return mended if whole else [_in_place(asked, draft) for draft in mended]


def _taken_out(asked: Asked, draft: Draft) -> Draft:
    """The new sentence alone, out of a text that `_in_place` put together."""
    before, _, after = asked.draft.template.partition(asked.sentence)
    return Draft(draft.template.removeprefix(before).removesuffix(after), draft.angle, draft.call)


def _in_place(asked: Asked, draft: Draft) -> Draft:
    """The text with the new sentence where the old one stood: the rest is as it was, whatever the model says."""
    old, new = asked.sentence, draft.template.strip()
    stop = old[-1:] if old[-1:] in "。.！!？?" else ""
    new = new.rstrip("。.") + stop if not stop or not new.endswith(("！", "!", "？", "?")) else new
    return Draft(asked.draft.template.replace(old, new, 1), asked.draft.angle, draft.call)
