"""Names of the catalogue, and approved disclosures, found in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.domain.facts import Fact
from assistant.domain.pack import Pack
from assistant.domain.slots import ANY_BRACE
from assistant.domain.values import Kind
from assistant.text.automaton import Automaton, Places
from assistant.text.figures import Figure
from assistant.text.fold import fold
from assistant.text.patterns import compiled
from assistant.text.trie import any_of

_SHORTEST = {"en": 12}
"""A name without its brand counts from so many characters on, 5 in Chinese: shorter ones are everyday words."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the catalogue in folded text: whose it is, where it stands, and whether it is the name itself."""

    kind: Literal["product", "campaign"]
    owner: str
    start: int
    end: int
    full: bool = True


class NameIndex:
    """Finds every name and alias of a pack, longest first, and every disclosure: one pass of an automaton tells where
    names may begin, and which disclosures may stand."""

    def __init__(self, pack: Pack) -> None:
        self._owners: dict[str, tuple[Literal["product", "campaign"], str]] = {}
        for kind, name, owner in _names(pack):
            self._owners.setdefault(fold(name).text, (kind, owner))
        self._aliases = {
            fold(word).text for one in pack.products.values() for words in one.aliases.values() for word in words
        }
        self._pattern = compiled(any_of(self._owners))
        self._begins = Places(self._owners)
        self._facts: dict[str, list[Fact]] = {}
        self._of_kinds: dict[tuple[str, tuple[Kind, ...]], list[Fact]] = {}
        for fact in pack.facts.values():
            self._facts.setdefault(fact.owner, []).append(fact)
        self._rates = {fact.value for fact in pack.facts.values() if fact.kind in ("rate", "benchmark")}
        wordings: dict[str, set[str]] = {}
        for disclosure in pack.disclosures.values():
            for table in (disclosure.jurisdictions, disclosure.short, disclosure.spoken):
                for law, texts in table.items():
                    wordings.setdefault(law, set()).update(texts.values())
        self._wordings = {law: _by_probe(texts) for law, texts in wordings.items()}

    def facts(self, owner: str, kinds: tuple[Kind, ...]) -> list[Fact]:
        """The facts of a product, a campaign or the institution that are of some kinds."""
        key = (owner, kinds)
        if key not in self._of_kinds and owner in self._facts:
            self._of_kinds[key] = [fact for fact in self._facts[owner] if fact.kind in kinds]
        return self._of_kinds.get(key, [])

    def carried(self, figure: Figure) -> bool:
        """Whether a rate is anything's in the whole catalogue."""
        return figure.value in self._rates

    def mentions(self, folded: str) -> list[Mention]:
        """All names in the text, left to right, the longest where several begin."""
        found: list[Mention] = []
        for start in self._begins.starts(folded):
            match = self._pattern.match(folded, start)
            if match and not (found and start < found[-1].end):
                kind, owner = self._owners[match[0]]
                found.append(Mention(kind, owner, start, match.end(), match[0] not in self._aliases))
        return found

    def disclosures(self, folded: str, law: str) -> list[tuple[int, int]]:
        """Spans of approved wording of one jurisdiction, without what fills their slots."""
        if law not in self._wordings:
            return []
        probes, patterns = self._wordings[law]
        found = [patterns[number] for number in sorted(probes.found(folded))]
        matches = (match for pattern in found for match in pattern.finditer(folded))
        return [span for match in matches for span in match.regs[1:] if span[0] < span[1]]


def _names(pack: Pack) -> Iterator[tuple[Literal["product", "campaign"], str, str]]:
    for product in pack.products.values():
        for name in (*product.name.values(), *(alias for words in product.aliases.values() for alias in words)):
            yield "product", name, product.id
        for locale, name in product.name.items():
            bare = name.removeprefix(pack.institution.brand.get(locale, "")).strip()
            if len(bare) >= _SHORTEST.get(locale, 5):
                yield "product", bare, product.id
    for campaign in pack.campaigns.values():
        for name in campaign.name.values():
            yield "campaign", name, campaign.id


def _by_probe(texts: Iterable[str]) -> tuple[Automaton[int], list[re.Pattern[str]]]:
    """The patterns of disclosures, the longest first, and an automaton that tells which of them may match."""
    wordings = [_wording(text) for text in sorted(texts, key=len)[::-1]]
    numbers: dict[str, list[int]] = {}
    for number, (probe, _) in enumerate(wordings):
        numbers.setdefault(probe, []).append(number)
    return Automaton(numbers), [pattern for _, pattern in wordings]


def _wording(text: str) -> tuple[str, re.Pattern[str]]:
    """A cheap probe (the longest run without a slot) and the pattern of a disclosure."""
    marked = ANY_BRACE.sub("\x00", text)
    runs = [fold(run).text for run in marked.split("\x00")]
    return max(runs, key=len), compiled(r".{1,60}?".join(f"({re.escape(run)})" for run in runs))
