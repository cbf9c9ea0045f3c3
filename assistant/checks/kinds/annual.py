"""A check of loans' rates: a rate a day, a month or an instalment beside the annual one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks import annual
from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.text.figures import Figure, scan
from assistant.text.patterns import Ways, all_required

_ROUNDED = Decimal("0.02")
"""An annual rate may be rounded by so much (percent points)."""
_LONGEST = 360
"""Instalments of a loan over thirty years."""


class AnnualMatch(Match):
    """Words (patterns on folded text) that mark a daily or monthly rate, which of them a monthly one, an annual one, a
    fee an instalment, and interest on interest."""

    periodic: Listed
    monthly: Listed
    annual: Listed
    instalment: Listed = ()
    compound: Listed = ()


class Annual(Check):
    """A loan's rate a day, a month or an instalment stands only beside the annual one, and agrees with it."""

    kind = "annual_rate"
    Match = AnnualMatch

    def prepare(self) -> None:
        self._periodic = re.compile("|".join(self.match.periodic))
        self._monthly = re.compile("|".join(self.match.monthly) or r"(?!)")
        self._annual = re.compile("|".join(self.match.annual))
        self._instalment = re.compile("|".join(self.match.instalment) or r"(?!)")
        self._compound = re.compile("|".join(self.match.compound) or r"(?!)")

    def triggers(self) -> tuple[Ways, ...]:
        return all_required(self.match.periodic)

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
        step: annual.Step = "month" if self._monthly.search(words) else "day"
        return (annual.compound if self._compound.search(folded) else annual.simple)(own.value, step)
