"""The prompt of a cell: what the pack says, within its budget of tokens, examples beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.domain.call import Cut
from assistant.domain.pack import Pack
from assistant.writing.drafts import Job
from assistant.writing.model.material import estimate, kept_evidence, material, owners_of
from assistant.writing.model.prompt import Prompt, PromptFile


class Prompter:
    """Fills the `write` prompt. It holds what the pack knows and slot names: no customer's datum.

    `count_tokens` measures evidence against the prompt's budget; `examples` gives the house's own words.
    """

    def __init__(
        self,
        pack: Pack,
        file: PromptFile,
        count_tokens: Callable[[str], int] = estimate,
        examples: Callable[[Job], Sequence[str]] = lambda job: (),
    ) -> None:
        self._pack = pack
        self.file = file
        self._count_tokens = count_tokens
        self._examples = examples

    def prompt(self, job: Job) -> tuple[Prompt, list[Cut]]:
        """The prompt, and the evidence that it had no room for. Cells of a brief and product share all but the end."""
        budget = self.file.front.budget.get("evidence_tokens", 0)
        evidence, cut = kept_evidence(job.evidence, budget, self._count_tokens, owners_of(job))
        return self.file.render(material(self._pack, job, evidence, self._examples(job))), cut
