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
from assistant.writing.by_model import Outcome, by_model
from assistant.writing.drafts import EvidenceItem, Job, Mender, Writer
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
        status, why = "written", ""
        outcome = await by_model(self.model, self.gate, job, run) if self.model else Outcome()
        variants, blocked = outcome.passed, outcome.blocked
        if self.model is not None and len(variants) < job.count:
            status, why = "fallback", outcome.why or _blocked("the model's texts", blocked)
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
            calls=outcome.calls,
            faults=outcome.faults,
        )

    async def _by_phrases(self, job: Job, run: str) -> list[Variant]:
        drafts = await self.phrases.write(job)
        name, first = self.phrases.name, 2 * job.count
        return [self.gate.pass_through(job, draft, name, run, first + place) for place, draft in enumerate(drafts)]


def _parted(variants: list[Variant]) -> tuple[list[Variant], list[Variant]]:
    """Those that pass or only warn, and those that are blocked."""
    passed = [variant for variant in variants if variant.verdict != "block"]
    return passed, [variant for variant in variants if variant.verdict == "block"]


def _blocked(whose: str, blocked: list[Variant]) -> str:
    """Why too few texts are left, with the rules that block the others."""
    rules = Counter(f.rule for variant in blocked for f in variant.findings if f.severity == "block")
    named = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common())
    return f"{whose} did not pass the checks: {named}" if named else f"{whose} were too few"
