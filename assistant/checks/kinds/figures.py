"""Checks of figures and names: bound to facts, every scenario, names that are in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.domain.finding import Mend
from assistant.domain.formats import written
from assistant.text.figures import scan
from assistant.text.patterns import AnyOf, Ways, all_required
from assistant.text.spans import Cover

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
        if not context.claims:
            return
        if not context.claims:
            return
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
        self._patterns = AnyOf(self.match.patterns)

    def triggers(self) -> tuple[Ways, ...]:
        return all_required(self.match.patterns)

    def hits(self, context: Context) -> Iterator[Hit]:
        found = list(self._patterns.finditer(context.folded.text, context.woken.get(self)))
        named = Cover((mention.start, mention.end) for mention in context.mentions) if found else Cover()
        for match in found:
            if not named.touches(*match.span()):
                yield context.hit(*match.span())


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
