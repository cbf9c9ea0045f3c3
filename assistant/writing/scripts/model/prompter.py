"""The prompt of a call: what the pack says of its kind, within its budget of tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.domain.call import Cut
from assistant.domain.pack import Pack
from assistant.domain.script import Line
from assistant.domain.values import Locale
from assistant.writing.drafts import EvidenceItem
from assistant.writing.model.material import estimate, kept_evidence
from assistant.writing.model.prompt import Prompt, PromptFile
from assistant.writing.scripts.model.examples import examples
from assistant.writing.scripts.model.material import material
from assistant.writing.scripts.model.outline import Outline


class Guides(Protocol):
    """The guides that answer a question, best first; none about other products."""

    def __call__(
        self, question: str, products: Sequence[str], locale: Locale, market: str, on: dt.date
    ) -> Sequence[EvidenceItem]: ...


class ScriptPrompter:
    """Fills the `script` prompt from an outline, which holds no datum of a customer's."""

    def __init__(
        self, pack: Pack, file: PromptFile, guides: Guides, count_tokens: Callable[[str], int] = estimate
    ) -> None:
        self._pack = pack
        self.file = file
        self._guides = guides
        self._count_tokens = count_tokens

    def prompt(self, outline: Outline) -> tuple[Prompt, list[Cut]]:
        """The prompt, and the evidence that it had no room for. Calls of a trigger share all but the end."""
        budget = self.file.front.budget.get("evidence_tokens", 0)
        question = self._question(outline)
        found = self._guides(question, outline.products, outline.locale, outline.market, outline.day)
        owners = {f"{{product:{outline.offer}.": "{product."} if outline.offer else {}
        evidence, cut = kept_evidence(found, budget, self._count_tokens, owners)
        lines = [_addressed(line, outline) for line in examples(self._pack, outline)]
        purpose = self._purpose(outline)
        told = _addressed(purpose, outline).text if purpose else self._pack.triggers[outline.trigger].scenario
        return self.file.render(material(self._pack, outline, told, evidence, lines)), cut

    def _purpose(self, outline: Outline) -> Line | None:
        """How the house says why it calls: the line for this call whose conditions are the closest."""
        fitting = [line for line in self._lines(outline, "purpose") if line.role is None]
        return max(
            fitting, key=lambda line: (line.mood is not None, bool(line.trigger), line.status is not None), default=None
        )

    def _question(self, outline: Outline) -> str:
        """What a search for guides goes by: what customers say against such a call, and why it is made."""
        kinds = {self._pack.products[own].type for own in outline.products}
        asks = [
            line.ask
            for line in self._lines(outline, "objection")
            if (set(line.product_type) & kinds) or (outline.trigger in line.trigger)
        ]
        purpose = self._purpose(outline)
        return " ".join([*dict.fromkeys(asks), purpose.text if purpose else ""])

    def _lines(self, outline: Outline, section: str) -> list[Line]:
        return [
            line
            for line in self._pack.scripts.get(outline.locale, ())
            if line.section == section
            and (not line.trigger or outline.trigger in line.trigger)
            and (not line.age or outline.age in line.age)
            and line.mood in (None, outline.mood)
            and line.status in (None, outline.status)
        ]


def _addressed(line: Line, outline: Outline) -> Line:
    """A line as the model may write it: in English nothing stands for “you”."""
    return line.model_copy(update={"text": line.text.replace("{you}", "you")}) if outline.locale == "en" else line
