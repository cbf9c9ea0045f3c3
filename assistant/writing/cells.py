"""Writing one cell: what may be offered, the writer, the gate, one repair round, the fallback."""

from __future__ import annotations

from collections import Counter
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
        status, why, variants, blocked = "written", "", list[Variant](), list[Variant]()
        if self.model is not None:
            try:
                variants, blocked = _parted(await self._by_model(self.model, job, run))
            except ModelError as error:
                why = str(error)
            if len(variants) < job.count:
                why = why or _blocked("the model's texts", blocked)
                status = "fallback"
        if len(variants) < job.count:
            try:
                passed, blocked = _parted(await self._by_phrases(job, run))
                variants += passed[: job.count - len(variants)]
            except ModelError as error:
                status, why = "failed", str(error)
        if status != "failed" and len(variants) < job.count:
            status, why = "failed", _blocked("the phrase writer's texts", blocked)
        return Written(
            cell=cell,
            status=status,
            why=why,
            variants=variants,
            offer=offer.product.id if offer.product else None,
            evidence=[item.id for item in evidence],
        )

    async def _by_model(self, model: Mender, job: Job, run: str) -> list[Variant]:
        """The model's variants; those that are blocked at once are repaired in one round with their findings."""
        drafts = (await model.write(job))[: job.count]
        variants = self._gated(job, drafts, model.name, run, 0)
        failed = [place for place, variant in enumerate(variants) if variant.verdict == "block"]
        if failed:
            asked = [drafts[place] for place in failed]
            mended = await model.repair(job, asked, [variants[place].findings for place in failed])
            again = self._gated(job, mended[: len(failed)], model.name, run, job.count)
            for place, variant in zip(failed, again, strict=False):
                variants[place] = variant
        return variants

    async def _by_phrases(self, job: Job, run: str) -> list[Variant]:
        return self._gated(job, await self.phrases.write(job), self.phrases.name, run, 2 * job.count)

    def _gated(self, job: Job, drafts: Sequence[Draft], writer: str, run: str, first: int) -> list[Variant]:
        return [
            self.gate.pass_through(job, draft, writer, run, first + position) for position, draft in enumerate(drafts)
        ]


def _parted(variants: list[Variant]) -> tuple[list[Variant], list[Variant]]:
    """Those that pass or only warn, and those that are blocked."""
    passed = [variant for variant in variants if variant.verdict != "block"]
    return passed, [variant for variant in variants if variant.verdict == "block"]


def _blocked(whose: str, blocked: list[Variant]) -> str:
    """Why too few texts are left, with the rules that block the others."""
    rules = Counter(f.rule for variant in blocked for f in variant.findings if f.severity == "block")
    named = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common())
    return f"{whose} did not pass the checks: {named}" if named else f"{whose} were too few"
