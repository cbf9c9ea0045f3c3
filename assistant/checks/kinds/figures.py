"""Checks of figures: bound to facts, annual beside daily, every scenario, campaigns on their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.domain.finding import Mend
from assistant.domain.formats import written
from assistant.text.figures import scan
from assistant.text.patterns import any_required

_WRITTEN = ("rate", "benchmark", "money", "term", "count", "date", "period", "phone", "link")
"""Kinds of facts that can stand in a wrong figure's place."""


class BindingMatch(Match):
    """Which claims are findings."""

    status: Literal["unknown", "contradicted"]


class Binding(Check):
    """A figure that no fact carries, or that the catalogue contradicts."""

    kind = "binding"
    claims = True
    Match = BindingMatch

    def needs(self, context: Context) -> list[str]:
        open_figures = any(claim.status == self.match.status == "unknown" for claim in context.claims)
        return ["product"] if open_figures and not context.products and context.campaign is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        told = context.products or context.campaign
        for claim in context.claims:
            if claim.status != self.match.status or not (told or (claim.start, claim.end) in context.nowhere):
                continue
            contrary = context.contradictions.get((claim.start, claim.end))
            if contrary is None:
                yield Hit(claim.start, claim.end)
                continue
            fact, every = contrary
            said = written(fact, context.locale)
            if every:
                words = context.pack.lexicon[context.locale].cadences.get(every, [every])
                yield Hit(claim.start, claim.end, f"{fact.slot} = {said}, {words[0]}")
                continue
            mend = Mend(start=claim.start, end=claim.end, text=said) if fact.kind in _WRITTEN else None
            yield Hit(claim.start, claim.end, f"{fact.slot} = {said}", mend)


class NamesMatch(Match):
    """What a product's name looks like (patterns on folded text)."""

    patterns: Listed


class InventedNames(Check):
    """Something that looks like a product's name and is in no catalogue."""

    kind = "invented_names"
    Match = NamesMatch

    def prepare(self) -> None:
        self._pattern = re.compile("|".join(self.match.patterns))

    def triggers(self) -> tuple[frozenset[str], ...]:
        return any_required(self.match.patterns)

    def hits(self, context: Context) -> Iterator[Hit]:
        for match in self._pattern.finditer(context.folded.text):
            if not any(m.start < match.end() and match.start() < m.end for m in context.mentions):
                yield context.hit(*match.span())


class AnnualMatch(Match):
    """Words (patterns on folded text) that mark a daily or monthly rate, and an annual one."""

    periodic: Listed
    annual: Listed


class Annual(Check):
    """A loan's daily or monthly rate stands only beside the annual one, and agrees with it."""

    kind = "annual_rate"
    Match = AnnualMatch

    def prepare(self) -> None:
        self._periodic = re.compile("|".join(self.match.periodic))
        self._annual = re.compile("|".join(self.match.annual))

    def triggers(self) -> tuple[frozenset[str], ...]:
        return any_required(self.match.periodic)

    def hits(self, context: Context) -> Iterator[Hit]:
        folded = context.folded.text
        periodic = self._periodic.search(folded)
        if not periodic:
            return
        if not self._annual.search(folded):
            yield context.hit(*periodic.span())
            return
        rates = [f for f in scan(folded) if f.kind == "rate" and isinstance(f.value, Decimal)]
        daily = next((f for f in rates if f.end > periodic.start()), None)
        if daily is None:
            return
        assert isinstance(daily.value, Decimal)
        others = [f.value for f in rates if f is not daily and isinstance(f.value, Decimal)]
        monthly = "月" in periodic[0] or "month" in periodic[0]
        fair = [daily.value * days for days in ((12,) if monthly else (360, 365))]
        if others and not any(abs(other - want) <= Decimal("0.02") for other in others for want in fair):
            yield context.hit(daily.start, daily.end, f"{' / '.join(f'{want.normalize():f}%' for want in fair)}")


class Scenarios(Check):
    """A structured deposit names every scenario, the lowest too."""

    kind = "scenarios"

    def hits(self, context: Context) -> Iterator[Hit]:
        if "structured_deposit" not in context.product_types:
            return
        rates = [f for f in scan(context.folded.text) if f.kind == "rate"]
        if rates and len({str(f.value) for f in rates}) < 3:
            yield context.hit(rates[0].start, rates[0].end)


class CampaignDays(Check):
    """The campaign runs on the day of sending."""

    kind = "campaign_days"

    def needs(self, context: Context) -> list[str]:
        if context.campaign is None or context.case.send_at is not None:
            return []
        return ["send_at"] if context.campaign.period.until is not None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        campaign = context.campaign
        if campaign and context.case.send_at is not None and not self.pack.runs(campaign, context.day):
            yield context.whole(f"{campaign.id} {campaign.period.start} – {campaign.period.until or '…'}")
