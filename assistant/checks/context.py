"""What every check of one text looks at, worked out once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.checks.binding.names import Mention, NameIndex
from assistant.checks.case import LintCase
from assistant.checks.lazy import lazy
from assistant.domain.audience import Channel
from assistant.domain.catalogue import Campaign, Product
from assistant.domain.facts import Fact
from assistant.domain.finding import Claim, Mend
from assistant.domain.pack import Pack
from assistant.text.fold import Folded, folded_word
from assistant.text.spans import Cover

_QUOTED = re.compile(r"“[^”\n]{1,60}”|「[^」\n]{1,60}」|『[^』\n]{1,60}』|\"[^\"\n]{1,60}\"")
_SIGN = re.compile(r"[\W_]")
_CLOSED = tuple("。.!！?？\n")
_VARIANTS = {"需": "须"}
"""投资须谨慎 and 投资需谨慎 are one warning."""


class _Loosening(dict[int, str]):
    """Code point → the character without punctuation and spaces, worked out when first met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = "" if _SIGN.match(character) else _VARIANTS.get(character, character)
        return self[code]


_LOOSENING = _Loosening()


def loosened(text: str) -> str:
    """Folded words of the pack in the form of `Context.loose`."""
    return folded_word(text).translate(_LOOSENING)


Known = tuple[int, int, Fact]
"""A span of the text (original offsets) and the fact that filled it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place (original offsets) where a check found something, what the catalogue says to it, what may mend it."""

    start: int
    end: int
    detail: str = ""
    mend: Mend | None = None


@dataclass
class Context:
    """One text under the checks. `mentions` are the catalogue's names in it, in folded offsets; `woken` tells, for
    each check that waits for words, which of its parts may match; `contradictions` what the catalogue says instead,
    and how often it falls due where that is what is wrong; `nowhere` the rates that no product at all has."""

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
    contradictions: dict[tuple[int, int], tuple[Fact, str]] = field(default_factory=dict)
    nowhere: set[tuple[int, int]] = field(default_factory=set)
    woken: dict[object, list[int]] = field(default_factory=dict)

    @lazy
    def mentions(self) -> list[Mention]:
        """Names of products and campaigns that the text holds."""
        return self.names.mentions(self.folded.text)

    @lazy
    def exempt(self) -> list[tuple[int, int]]:
        """Folded spans inside catalogue names and approved disclosures, where words are not the writer's own."""
        spans = [(m.start, m.end) for m in self.mentions]
        return spans + self.printed + self._quoted

    @lazy
    def printed(self) -> list[tuple[int, int]]:
        """Folded spans of approved disclosures."""
        return self.names.disclosures(self.folded.text, self.jurisdiction)

    @lazy
    def _quoted(self) -> list[tuple[int, int]]:
        """What a warning against fraud quotes: the swindlers' words. A text that offers something quotes its own."""
        if self.products or self.case.product_type:
            return []
        warns = any(folded_word(word) in self.folded.text for word in self.pack.lexicon[self.locale].frauds)
        return [match.span() for match in _QUOTED.finditer(self.folded.text)] if warns else []

    @lazy
    def _quotes(self) -> Cover:
        return Cover(self.folded.span(*pair) for pair in self._quoted)

    @lazy
    def _exempted(self) -> Cover:
        return Cover(self.exempt)

    @lazy
    def _prints(self) -> Cover:
        return Cover([self.folded.span(*pair) for pair in self.printed])

    def is_printed(self, start: int, end: int) -> bool:
        """Whether an original span lies inside an approved disclosure."""
        return self._prints.holds(start, end)

    def is_quoted(self, start: int) -> bool:
        """Whether an original place lies in what a warning against fraud quotes."""
        return self._quotes.holds(start, start + 1)

    def is_exempt(self, start: int, end: int) -> bool:
        """Whether a folded span lies inside one exempt span."""
        return self._exempted.holds(start, end)

    @lazy
    def loose(self) -> str:
        """The folded text without punctuation and spaces, in which warnings are looked for."""
        return self.folded.text.translate(_LOOSENING)

    @lazy
    def channel(self) -> Channel | None:
        """The channel, where one is given."""
        return self.pack.channels[self.case.channel] if self.case.channel else None

    @lazy
    def campaign(self) -> Campaign | None:
        """The campaign given or, where none is, the one that the text names."""
        if self.case.campaign:
            return self.pack.campaigns[self.case.campaign]
        named = [m.owner for m in self.mentions if m.kind == "campaign"]
        return self.pack.campaigns[named[0]] if named else None

    @lazy
    def products(self) -> list[Product]:
        """The product given first, then those that the text names; else what the campaign offers first."""
        found = [self.case.product] if self.case.product else []
        found += [m.owner for m in self.mentions if m.kind == "product" and m.owner not in found]
        if not found and self.case.product_type is None and self.campaign and self.campaign.offers:
            found = [self.campaign.offers[0]]
        return [self.pack.products[own] for own in dict.fromkeys(found)]

    @lazy
    def told(self) -> list[Product]:
        """The product given and those that the text calls by their names; nothing that is only supposed."""
        named = {self.case.product, *[m.owner for m in self.mentions if m.kind == "product" and m.full]}
        return [product for product in self.products if product.id in named]

    @lazy
    def product_types(self) -> set[str]:
        """Types of everything that the text offers."""
        stated = {self.case.product_type} if self.case.product_type else set()
        return stated | {product.type for product in self.products}

    @lazy
    def grade(self) -> int | None:
        """The highest risk grade offered; None where nothing is known to be offered."""
        if self.case.product_risk:
            return int(self.case.product_risk[1])
        if self.products:
            return max([product.grade for product in self.products])
        return None

    def flag(self, name: str) -> bool:
        """Whether everything offered carries a flag of the catalogue."""
        if name == "principal_guaranteed" and self.case.principal_guaranteed is not None:
            return self.case.principal_guaranteed
        return bool(self.products) and all(product.flags.get(name, False) for product in self.products)

    @lazy
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

    def missing(self, detail: str, words: str) -> Hit:
        """A hit for words that the text lacks; `words`, where not empty, can be added as a sentence."""
        at = self.end
        if not words:
            return self.whole(detail)
        english = self.locale == "en"
        before, stop = self.case.text[:at].rstrip(" "), "." if english else "。"
        lead = "" if not before or before.endswith(_CLOSED) else stop
        sentence = words if words.endswith(_CLOSED) else words + stop
        text = f"{lead}{' ' if english else ''}{sentence}{' ' if english and at < len(self.case.text) else ''}"
        return Hit(len(self.case.text), len(self.case.text), detail, Mend(start=len(before), end=at, text=text))

    def whole(self, detail: str = "") -> Hit:
        """A hit that concerns the text as such: its end."""
        return Hit(len(self.case.text), len(self.case.text), detail)

    @property
    def end(self) -> int:
        """Where a sentence may be added: before the way out of a text message, else at the end."""
        text = self.case.text.rstrip()
        for words in self.pack.institution.opt_out.get(self.market or "", {}).values():
            if text.endswith(words):
                return len(text) - len(words)
        return len(text)

    def local(self, texts: Mapping[Any, Any] | None) -> Any:
        """The words of a localised table for this text's locale."""
        return (texts or {}).get(self.locale)
