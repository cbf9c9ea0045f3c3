"""The writers and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap.calling import Calling
from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Product
from assistant.domain.draft import Kept
from assistant.domain.knowledge import knowledge_of
from assistant.domain.suitability import Refusal
from assistant.errors import InputError
from assistant.writing.cells import CellWriter
from assistant.writing.drafts import EvidenceItem, Job
from assistant.writing.gate import Gate
from assistant.writing.matrix import Matrix
from assistant.writing.offers import offer_for
from assistant.writing.phrases.writer import PhraseWriter

if TYPE_CHECKING:
    from assistant.review.rewording import Rewording
    from assistant.writing.briefs import Briefs
    from assistant.writing.report import Estimate
    from assistant.writing.rewrite import Rewriter
    from assistant.writing.room import WritingRoom


@dataclass
class Writing(Calling):
    """The writers and the matrix."""

    @cached_property
    def phrases(self) -> PhraseWriter:
        """The embedded writer."""
        return PhraseWriter(self.pack)

    @cached_property
    def rewriter(self) -> Rewriter:
        """What rewrites kept drafts."""
        from assistant.writing.model.suggest import Suggester
        from assistant.writing.rewrite import Rewriter

        model = Suggester(self.model, self.suggest_prompter) if self.model else None
        return Rewriter(self.pack, Gate(self.pack, self.engine), self.phrases, model)

    @cached_property
    def rewording(self) -> Rewording:
        """Other words for kept texts, by a wish."""
        from assistant.review.rewording import Rewording

        return Rewording(self.rewriter, self.drafts, self.job_of, self.shelf.rows, self.workflow)

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix writer."""
        writer = CellWriter(self.pack, Gate(self.pack, self.engine), self.phrases, self.evidence, self.model)
        # Phrases are composed on this thread: many at once would only make the first one wait for the last.
        concurrency = self.endpoint.concurrency if self.endpoint else 1
        self.recalls.keep(knowledge_of(self.pack))
        return Matrix(self.pack, writer, self.drafts, concurrency)

    @cached_property
    def room(self) -> WritingRoom:
        """Where everything is written that a page or the API asks for: a model belongs to one event loop."""
        from assistant.writing.room import WritingRoom

        return WritingRoom()

    @cached_property
    def briefs(self) -> Briefs:
        """Briefs that are kept, and written."""
        from assistant.store.briefs import BriefStore
        from assistant.writing.briefs import Briefs

        def cost(brief: Brief) -> Estimate | None:
            return self.estimate(brief) if self.model is not None else None

        store, progress = BriefStore(self.database), self.drafts.progress
        return Briefs(self.pack, store, progress, self.room, lambda: self.matrix, cost)

    def estimate(self, brief: Brief) -> Estimate:
        """What the model would cost for a brief, before it is written."""
        from assistant.writing.report import estimated

        jobs = (self.job(cell, brief) for cell in brief.cells(self.pack))
        prompts = [self.prompter.prompt(job)[0] for job in jobs if isinstance(job, Job)]
        words = ["\n".join(message["content"] for message in prompt.messages) for prompt in prompts]
        pace = self.drafts.pace()
        speed = pace * (self.endpoint.concurrency if self.endpoint else 1) if pace else None
        return estimated(words, brief.variants, self.tokens, speed)

    def job(self, cell: Cell, brief: Brief) -> Job | Refusal:
        """A cell as a writer gets it, or the rule that forbids it."""
        offer = offer_for(self.pack, cell, brief.send_on)
        if offer.refusal:
            return offer.refusal
        evidence = self.evidence(cell, offer.product, brief)
        return Job(cell, offer.product, evidence, brief.variants, brief.note, brief.send_on)

    def job_of(self, kept: Kept) -> Job:
        """What a kept draft was written for, as a writer gets it today. InputError where that cannot be written."""
        cell, pack = kept.cell, self.pack
        tables = (pack.campaigns, pack.segments, pack.ages, pack.channels)
        parts = (cell.campaign, cell.segment, cell.age, cell.channel)
        gone = [part for part, table in zip(parts, tables, strict=True) if part not in table]
        if gone:
            raise InputError(f"The draft was written for {gone[0]}, which the pack holds no more.", "Write it anew.")
        job = self.job(cell, kept.brief)
        if isinstance(job, Refusal):
            what = f"{cell.key} may be written no more. {job.rule}: {job.why}."
            raise InputError(what, "Write for another audience.")
        return job

    def evidence(self, cell: Cell, product: Product | None, brief: Brief) -> Sequence[EvidenceItem]:
        """What of the pack a cell rests on: its campaign, its product, the guides that fit."""
        from assistant.retrieval.evidence import evidence_for

        own = product.id if product else None
        return evidence_for(self.search, cell.campaign, own, cell.locale, cell.market, brief.send_on)
