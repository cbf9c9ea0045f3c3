"""Checks of figures: bound to facts, annual beside daily, every scenario, campaigns on their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from assistant.checks import annual
from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.domain.finding import Mend
from assistant.domain.formats import written
from assistant.text.figures import Figure, scan
from assistant.text.patterns import any_required

_WRITTEN = ("rate", "benchmark", "money", "term", "count", "date", "period", "phone", "link")
"""Kinds of facts that can stand in a wrong figure's place."""
_ROUNDED = Decimal("0.02")
"""An annual rate may be rounded by so much (percent points)."""
_LONGEST = 360
"""Instalments of a loan over thirty years."""


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
            if not told and context.is_quoted(claim.start):
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
    """Words (patterns on folded text) that mark a daily or monthly rate, an annual one, a fee an instalment, and
    interest on interest."""

    periodic: Listed
    annual: Listed
    instalment: Listed = ()
    compound: Listed = ()


class Annual(Check):
    """A loan's rate a day, a month or an instalment stands only beside the annual one, and agrees with it."""

    kind = "annual_rate"
    Match = AnnualMatch

    def prepare(self) -> None:
        self._periodic = re.compile("|".join(self.match.periodic))
        self._annual = re.compile("|".join(self.match.annual))
        self._instalment = re.compile("|".join(self.match.instalment) or r"(?!)")
        self._compound = re.compile("|".join(self.match.compound) or r"(?!)")

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
        figures = scan(folded)
        rates = [f for f in figures if f.kind == "rate" and isinstance(f.value, Decimal)]
        own = next((f for f in rates if f.end > periodic.start()), None)
        if own is None:
            return
        others = [f.value for f in rates if f is not own and isinstance(f.value, Decimal)]
        fair = self._fair(folded, periodic[0], own, figures)
        if others and fair and not any(abs(other - want) <= _ROUNDED for other in others for want in fair):
            yield context.hit(own.start, own.end, " / ".join(f"{want.quantize(Decimal('0.01')):f}%" for want in fair))

    def _fair(self, folded: str, words: str, own: Figure, figures: list[Figure]) -> list[Decimal]:
        """What a year comes to; empty where the text does not say over how many instalments."""
        assert isinstance(own.value, Decimal)
        if self._instalment.search(words):
            counts = [f.value for f in figures if f.kind == "count" and folded[f.start : f.end].endswith("期")]
            months = [f.value[1] for f in figures if isinstance(f.value, tuple) and f.value[0] == "months"]
            number = next((n for n in (*counts, *months) if isinstance(n, int) and 0 < n <= _LONGEST), None)
            return annual.of_instalments(own.value, number) if number else []
        step: annual.Step = "month" if "月" in words or "month" in words or "期" in words else "day"
        return (annual.compound if self._compound.search(folded) else annual.simple)(own.value, step)


class ScenarioMatch(Match):
    """The keys of the facts that are one product's scenarios."""

    keys: Listed


class Scenarios(Check):
    """A range is told whole: who quotes one scenario's rate quotes them all, the lowest too."""

    kind = "scenarios"
    Match = ScenarioMatch

    def hits(self, context: Context) -> Iterator[Hit]:
        rates = [f for f in scan(context.folded.text) if f.kind == "rate"]
        if rates and len({str(f.value) for f in rates}) < len(self.match.keys):
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
