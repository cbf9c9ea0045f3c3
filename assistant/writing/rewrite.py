"""Rewriting a kept draft by a person's wish: the new text goes through the gate and is kept beside the old one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.checks.measure import sentences
from assistant.domain.call import Call
from assistant.domain.draft import Kept, Variant
from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.writing.by_model import by_model
from assistant.writing.drafts import Draft, Job
from assistant.writing.gate import Gate, rendered
from assistant.writing.model.suggest import Asked
from assistant.writing.notes import without_identifiers
from assistant.writing.phrases.writer import PhraseWriter, Wish, wish_of
from assistant.writing.unframed import unframed, unowned

_CHOICE = 5
"""Texts that the phrase writer composes of a cell to choose from."""


class Suggests(Protocol):
    """What asks a model for other words."""

    name: str

    async def suggest(self, job: Job, asked: Asked, count: int = 1) -> list[Draft]: ...
    async def repair(
        self, job: Job, asked: Asked, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]
    ) -> list[Draft]: ...


@dataclass(frozen=True)
class Rewritten:
    """What became of a wish: `after` is the new variant, None where there is none; `why` says why not by the model."""

    before: Variant
    after: Variant | None
    why: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class _Mender:
    """A wish as the writer that `by_model` asks."""

    model: Suggests
    asked: Asked
    made_for: Job
    name: str

    async def write(self, job: Job) -> list[Draft]:
        return await self.model.suggest(self.made_for, self.asked, job.count)

    async def repair(self, job: Job, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> list[Draft]:
        return await self.model.repair(self.made_for, self.asked, drafts, findings)


@dataclass(frozen=True)
class Rewriter:
    """Rewrites by the model where there is one; else, and as a net, by what the phrase writer understands of a wish."""

    pack: Pack
    gate: Gate
    phrases: PhraseWriter
    model: Suggests | None = None

    async def rewrite(self, kept: Kept, job: Job, note: str, sentence: str = "") -> Rewritten:
        """Another text for the draft's cell. `sentence`: the one to be replaced, as it reads in the text.

        Raises InputError for a note that names somebody, a sentence that is not the text's own, and, without a model,
        a wish that phrases cannot honour.
        """
        without_identifiers(note)
        asked = self.asked(kept, job, note, sentence)
        wish = wish_of(self.pack, kept.cell.locale, note)
        honours = wish.honoured and not sentence
        if self.model is None and not honours:
            raise InputError("To rewrite so needs a model.", self._mend())
        why, calls, faults = "", list[Call](), list[str]()
        if self.model is not None:
            outcome = await by_model(
                _Mender(self.model, asked, job, self.model.name), self.gate, replace(job, count=1), kept.run
            )
            calls, faults = outcome.calls, outcome.faults
            fresh = [one for one in outcome.passed if one.text not in kept.texts]
            if fresh:
                return Rewritten(kept.variant, fresh[0], "", calls, faults)
            why = outcome.why or _rules(outcome.blocked) or "the model gave a text that stands there already"
        other = next(self._by_phrases(kept, job, note, wish), None) if honours else None
        if other is None and honours:
            why = "; ".join(filter(None, (why, "the phrase book has no other text of this cell that does so")))
        return Rewritten(kept.variant, other, why, calls if other is None else [], faults)

    def asked(self, kept: Kept, job: Job, note: str, sentence: str = "") -> Asked:
        """The wish as the model is told it: the text and the sentence with slots in the place of figures."""
        own = unframed(self.pack, kept.cell, job.product, kept.variant.template)
        marked = self._marked(kept, job, sentence.strip()) if sentence.strip() else ""
        if marked not in own:
            what = "That sentence is none of the writer's: the desk adds warnings, the way out and signatures itself."
            raise InputError(what, "Mark another.")
        return Asked(Draft(own, kept.variant.angle), note, marked)

    def _marked(self, kept: Kept, job: Job, sentence: str) -> str:
        text = kept.variant.text
        at = text.find(sentence)
        if at < 0:
            known = [text[start:end].strip() for start, end in sentences(text)]
            near = difflib.get_close_matches(sentence, known, n=1, cutoff=0.3) or known[:1]
            raise InputError("The text holds no such sentence.", f"Did you mean “{near[0]}”?" if near else "")
        end = at + len(sentence)
        rendering = rendered(self.pack, kept.cell.locale, kept.variant.template)
        for slot in reversed([one for one in rendering.filled if one.start < end and at < one.end]):
            start, stop = max(slot.start, at), min(slot.end, end)
            sentence = f"{sentence[: start - at]}{{{slot.slot}}}{sentence[stop - at :]}"
        return unowned(sentence, job.product.id if job.product else None, kept.cell.campaign)

    def _by_phrases(self, kept: Kept, job: Job, note: str, wish: Wish) -> Iterator[Variant]:
        """Texts of the cell that are new and honour the wish, those composed for it first."""
        for told in dict.fromkeys((note, "")):
            for draft in self.phrases.sheet(kept.cell, _CHOICE, told, job.send_on).get(kept.cell, []):
                variant = self.gate.pass_through(job, draft, self.phrases.name, kept.run, 0)
                if variant.verdict != "block" and variant.text not in kept.texts and wish.met(kept.variant, variant):
                    yield variant

    def _mend(self) -> str:
        names = ("shorter", "longer", *self.pack.institution.angles)
        tables = (lexicon.notes for lexicon in self.pack.lexicon.values())
        known = sorted({word for notes in tables for name in names for word in notes.get(name, ())})
        mend = f"Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME. The phrase writer understands: {', '.join(known)}."
        return mend if known else mend.partition(". ")[0] + "."


def _rules(blocked: Sequence[Variant]) -> str:
    rules = sorted({f.rule for variant in blocked for f in variant.findings if f.severity == "block"})
    return f"the model's text did not pass the checks: {', '.join(rules)}" if rules else ""
