"""Claims without a figure: free of charge, available at any time, insured. Their words are the lexicon's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.binding.owners import Owners
from assistant.checks.context import Context
from assistant.checks.negation import Negation
from assistant.domain.facts import Fact
from assistant.domain.pack import Lexicon, Pack
from assistant.text.fold import folded_word

_GAP = "…"


@dataclass(frozen=True, slots=True)
class Stated:
    """A wordless claim: where it stands (folded offsets), the flag that it states, and whether it holds."""

    start: int
    end: int
    fact: Fact
    holds: bool


class Flags:
    """The lexicon's words for each flag of a product, of one locale. `…` in them is a gap of at most eight."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self._patterns = {
            flag: re.compile("|".join(_pattern(word) for word in words)) for flag, words in lexicon.claims.items()
        }
        self._any = re.compile("|".join(pattern.pattern for pattern in self._patterns.values()) or r"(?!)")
        self._negation = Negation(pack)

    def stated(self, context: Context, owners: Owners) -> Iterator[Stated]:
        """Claims about what the text offers; those that are negated or stand in names and warnings are none."""
        folded = context.folded.text
        if not context.products or not self._any.search(folded):
            return
        for flag, pattern in self._patterns.items():
            for match in pattern.finditer(folded):
                fact = _nearest(context, flag, owners.named(match.start()))
                if fact is None or context.is_exempt(*match.span()):
                    continue
                if not self._negation.before(folded, match.start(), context.locale):
                    yield Stated(*match.span(), fact, bool(fact.value))


def _pattern(words: str) -> str:
    return ".{0,8}".join(re.escape(folded_word(part)) for part in words.split(_GAP))


def _nearest(context: Context, flag: str, named: tuple[str, ...]) -> Fact | None:
    """The flag of the product named last before the claim, else of what is offered."""
    for own in (*named, *(product.id for product in context.products)):
        if fact := context.pack.facts.get(f"product:{own}.{flag}"):
            return fact
    return None
