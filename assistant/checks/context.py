"""What every check of one text looks at, worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.checks.binding.names import Mention, NameIndex
from assistant.checks.case import LintCase
from assistant.domain.audience import Channel
from assistant.domain.catalogue import Campaign, Product
from assistant.domain.facts import Fact
from assistant.domain.finding import Claim
from assistant.domain.pack import Pack
from assistant.text.fold import Folded

Known = tuple[int, int, Fact]
"""A span of the text (original offsets) and the fact that filled it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place (original offsets) where a check found something, and what the catalogue says to it."""

    start: int
    end: int
    detail: str = ""


@dataclass
class Context:
    """One text under the checks. `mentions` are the catalogue's names in it, in folded offsets."""

    pack: Pack
    case: LintCase
    locale: Any
    market: str | None
    jurisdiction: str
    day: dt.date
    folded: Folded
    names: NameIndex
    known: Sequence[Known] = ()
    claims: list[Claim] = field(default_factory=list)
    contradictions: dict[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Names of products and campaigns that the text holds."""
        return self.names.mentions(self.folded.text)

    @cached_property
    def exempt(self) -> list[tuple[int, int]]:
        """Folded spans inside catalogue names and approved disclosures, where words are not the writer's own."""
        spans = [(m.start, m.end) for m in self.mentions]
        return spans + self.names.disclosures(self.folded.text, self.jurisdiction)

    def is_exempt(self, start: int, end: int) -> bool:
        """Whether a folded span lies inside one exempt span."""
        return any(s <= start and end <= e for s, e in self.exempt)

    @cached_property
    def channel(self) -> Channel | None:
        """The channel, where one is given."""
        return self.pack.channels[self.case.channel] if self.case.channel else None

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign given or, where none is, the one that the text names."""
        if self.case.campaign:
            return self.pack.campaigns[self.case.campaign]
        named = [m.owner for m in self.mentions if m.kind == "campaign"]
        return self.pack.campaigns[named[0]] if named else None

    @cached_property
    def products(self) -> list[Product]:
        """The product given first, then those that the text names; else what the campaign offers first."""
        found = [self.case.product] if self.case.product else []
        found += [m.owner for m in self.mentions if m.kind == "product" and m.owner not in found]
        if not found and self.case.product_type is None and self.campaign and self.campaign.offers:
            found = [self.campaign.offers[0]]
        return [self.pack.products[own] for own in dict.fromkeys(found)]

    @cached_property
    def product_types(self) -> set[str]:
        """Types of everything that the text offers."""
        stated = {self.case.product_type} if self.case.product_type else set()
        return stated | {product.type for product in self.products}

    @property
    def grade(self) -> int | None:
        """The highest risk grade offered; None where nothing is known to be offered."""
        if self.case.product_risk:
            return int(self.case.product_risk[1])
        if self.products:
            return max(product.grade for product in self.products)
        return None

    def flag(self, name: str) -> bool:
        """Whether everything offered carries a flag of the catalogue."""
        if name == "principal_guaranteed" and self.case.principal_guaranteed is not None:
            return self.case.principal_guaranteed
        return bool(self.products) and all(product.flags.get(name, False) for product in self.products)

    @property
    def placement(self) -> str | None:
        """How the product is placed: public or private."""
        if self.case.placement:
            return self.case.placement
        if self.products:
            return "private" if any(p.placement == "private" for p in self.products) else "public"
        return None

    def hit(self, start: int, end: int, detail: str = "") -> Hit:
        """A hit at a folded span, told in original offsets."""
        return Hit(*self.folded.span(start, end), detail)

    def whole(self, detail: str = "") -> Hit:
        """A hit that concerns the text as such: its end."""
        return Hit(len(self.case.text), len(self.case.text), detail)

    def local(self, texts: Mapping[Any, Any] | None) -> Any:
        """The words of a localised table for this text's locale."""
        return (texts or {}).get(self.locale)


def overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a span shares a character with any of the spans."""
    return any(start < e and s < end for s, e in spans)
