"""The gate: a draft is framed, filled, bound and checked; what leaves it carries its proof."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from assistant.checks.case import LintCase
from assistant.checks.context import Known
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Cell
from assistant.domain.draft import Variant
from assistant.domain.facts import Fact
from assistant.domain.finding import Checked, Claim
from assistant.domain.formats import written
from assistant.domain.knowledge import short_key
from assistant.domain.pack import Pack
from assistant.domain.slots import Rendering, blank, fill, resolve
from assistant.domain.values import Locale
from assistant.text.figures import scan
from assistant.text.fold import fold
from assistant.writing.drafts import Draft, Job
from assistant.writing.frame import framed


def rendered(pack: Pack, locale: Locale, template: str) -> Rendering:
    """A template with the values of the catalogue; a slot that it does not know stays open."""

    def value(slot: str) -> str:
        fact = pack.facts.get(slot)
        return written(fact, locale) if fact else f"{{{slot}}}"

    return fill(template, value)


def case_of(pack: Pack, cell: Cell, product: str | None, text: str, send_on: dt.date) -> LintCase:
    """A text of a cell as the checks see it."""
    return LintCase(
        id=cell.key,
        text=text,
        channel=cell.channel,
        product=product,
        campaign=cell.campaign,
        locale=cell.locale,
        market=cell.market,
        age=pack.ages[cell.age].start,
        purpose=pack.campaigns[cell.campaign].kind,
        send_at=send_on,
    )


class Gate:
    """Turns drafts into variants: bound to facts and checked, whatever wrote them."""

    def __init__(self, pack: Pack, engine: CheckEngine) -> None:
        self._pack = pack
        self._engine = engine
        self._by_ref = {fact.ref: fact for fact in pack.facts.values()}

    def pass_through(self, job: Job, draft: Draft, writer: str, run: str, position: int) -> Variant:
        """One draft as a variant. A literal figure that a fact carries becomes that fact's slot."""
        words, stated = self._bound(draft.template, job)
        template = framed(self._pack, job.cell, job.product, words, stated)
        call = draft.call.id if draft.call else ""
        return self._variant(job, template, f"{run}|{job.cell.key}|{position}", draft.angle, writer, call)

    def reworded(self, job: Job, text: str, key: str, angle: str, writer: str) -> Variant:
        """A whole text as a person changed it, frame and all. Its literal figures become slots where facts carry them.

        `key` makes the variant's id.
        """
        rendering = self._render(text, job)
        literal = self._literal(rendering, self._check(job, rendering).claims)
        return self._variant(job, _absorb(rendering, literal) if literal else text, key, angle, writer, "")

    def _variant(self, job: Job, template: str, key: str, angle: str, writer: str, call: str) -> Variant:
        rendering = self._render(template, job)
        checked = self._check(job, rendering)
        return Variant(
            id=hashlib.sha256(key.encode()).hexdigest()[:12],
            text=rendering.text,
            template=template,
            angle=angle,
            writer=writer,
            verdict=checked.verdict,
            findings=checked.findings,
            claims=checked.claims,
            call=call,
        )

    def _bound(self, template: str, job: Job) -> tuple[str, frozenset[str]]:
        """A draft whose literal figures have become slots where facts carry them, and the keys that they state.

        It comes before the frame: what a figure states may call for a warning.
        """
        if not scan(fold(blank(template)).text):
            return template, frozenset()
        words = template.replace("{you}", self._pack.ages[job.cell.age].address[job.cell.locale])
        rendering = self._render(resolve(words, job.product.id if job.product else None, job.cell.campaign), job)
        claims = self._check(job, rendering).claims
        literal = self._literal(rendering, claims)
        keys = frozenset(short_key(claim.fact).rpartition(".")[2] for claim in claims if claim.fact)
        return (_absorb(rendering, literal) if literal else template), keys

    def _render(self, template: str, job: Job) -> Rendering:
        return rendered(self._pack, job.cell.locale, template)

    def _check(self, job: Job, rendering: Rendering) -> Checked:
        product = job.product.id if job.product else None
        case = case_of(self._pack, job.cell, product, rendering.text, job.send_on)
        return self._engine.run(case, self._known(rendering))

    def _known(self, rendering: Rendering) -> list[Known]:
        facts = self._pack.facts
        return [(one.start, one.end, facts[one.slot]) for one in rendering.filled if one.slot in facts]

    def _literal(self, rendering: Rendering, claims: Sequence[Claim]) -> list[tuple[int, int, Fact]]:
        """Bound claims that no slot filled."""
        filled = {(one.start, one.end) for one in rendering.filled}
        found = []
        for claim in claims:
            if claim.status == "bound" and claim.fact and (claim.start, claim.end) not in filled:
                fact = self._by_ref[claim.fact]
                # An alias ("活期") stays as it was said; a slot would put the full name in its place.
                if claim.kind not in ("product", "campaign") or claim.text in fact.names():
                    found.append((claim.start, claim.end, fact))
        return found


def _absorb(rendering: Rendering, literal: list[tuple[int, int, Fact]]) -> str:
    """The template of a rendering in which literal figures have become slots as well."""
    spans = [(one.start, one.end, one.slot) for one in rendering.filled]
    spans += [(start, end, fact.slot) for start, end, fact in literal]
    out, last = "", 0
    for start, end, slot in sorted(spans):
        out += f"{rendering.text[last:start]}{{{slot}}}"
        last = end
    return out + rendering.text[last:]
