"""Writing one cell: what may be offered, the writer, the gate, one repair round, the fallback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Product
from assistant.domain.draft import Variant, Written
from assistant.domain.pack import Pack
from assistant.errors import ModelError
from assistant.writing.drafts import Draft, EvidenceItem, Job, Mender, Writer
from assistant.writing.gate import Gate
from assistant.writing.offers import offer_for

Evidence = Callable[[Cell, Product | None, Brief], Sequence[EvidenceItem]]


@dataclass(frozen=True)
class CellWriter:
    """Writes cells: by the model where there is one, else and as a net by the phrase writer."""

    pack: Pack
    gate: Gate
    phrases: Writer
    evidence: Evidence
    model: Mender | None = None

    @property
    def name(self) -> str:
        """The name of the writer that is asked first."""
        return self.model.name if self.model else self.phrases.name

    async def write(self, cell: Cell, brief: Brief, run: str) -> Written:
        """The cell as written, fallen back, not applicable or failed; it never raises for what a writer did."""
        offer = offer_for(self.pack, cell, brief.send_on)
        if offer.refusal:
            why = f"{offer.refusal.rule}: {offer.refusal.why}"
            return Written(cell=cell, status="not_applicable", why=why, variants=[])
        evidence = self.evidence(cell, offer.product, brief)
        job = Job(cell, offer.product, evidence, brief.variants, brief.note, brief.send_on)
        status, why, variants = "written", "", list[Variant]()
        if self.model is not None:
            try:
                variants = await self._by_model(self.model, job, run)
            except ModelError as error:
                why = str(error)
            if len(variants) < job.count:
                why = why or "the model's texts did not pass the checks"
                status = "fallback"
        if len(variants) < job.count:
            try:
                variants += await self._by_phrases(job, run, len(variants))
            except ModelError as error:
                status, why = "failed", str(error)
        if status != "failed" and len(variants) < job.count:
            status, why = "failed", why or "too few texts passed the checks"
        return Written(
            cell=cell,
            status=status,  # type: ignore[arg-type]
            why=why,
            variants=variants,
            offer=offer.product.id if offer.product else None,
            evidence=[item.id for item in evidence],
        )

    async def _by_model(self, model: Mender, job: Job, run: str) -> list[Variant]:
        """The model's variants that pass: at once, or after one repair round with the findings."""
        drafts = (await model.write(job))[: job.count]
        variants = self._gated(job, drafts, model.name, run, 0)
        failed = [place for place, variant in enumerate(variants) if variant.verdict == "block"]
        if failed:
            asked = [drafts[place] for place in failed]
            mended = await model.repair(job, asked, [variants[place].findings for place in failed])
            again = self._gated(job, mended[: len(failed)], model.name, run, job.count)
            for place, variant in zip(failed, again, strict=False):
                variants[place] = variant
        return [variant for variant in variants if variant.verdict != "block"]

    async def _by_phrases(self, job: Job, run: str, have: int) -> list[Variant]:
        drafts = await self.phrases.write(job)
        variants = self._gated(job, drafts, self.phrases.name, run, 2 * job.count)
        return [variant for variant in variants if variant.verdict != "block"][: job.count - have]

    def _gated(self, job: Job, drafts: Sequence[Draft], writer: str, run: str, first: int) -> list[Variant]:
        return [
            self.gate.pass_through(job, draft, writer, run, first + position) for position, draft in enumerate(drafts)
        ]
