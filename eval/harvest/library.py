"""Where a sentence stands in the phrase library, by its fingerprint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.domain.phrase import Phrase
from assistant.domain.values import Locale
from assistant.review.folding import cut
from eval.harvest.wording import plain_clause, print_of


@dataclass(frozen=True)
class Library:
    """The clauses of a pack by their sentences."""

    pack: Pack

    def clauses(self, locale: str, sentence: str, cells: Collection[Cell]) -> list[tuple[Phrase, str]]:
        """The clauses of a locale that hold a sentence and suit one of the cells that it was found in, each with the
        sentence as it stands in it."""
        found = self._standing.get(print_of(locale, sentence), [])
        return [(clause, words) for clause, words in found if any(_suits(clause, cell) for cell in cells)]

    @cached_property
    def _standing(self) -> dict[str, list[tuple[Phrase, str]]]:
        found: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
        for locale, book in self.pack.books.items():
            for clause in book.phrases:
                for sentence in cut(clause.text):
                    found[self._print(locale, sentence)].append((clause, sentence))
        return found

    def _print(self, locale: Locale, sentence: str) -> str:
        return print_of(locale, plain_clause(self.pack, locale, sentence))


def _suits(clause: Phrase, cell: Cell) -> bool:
    told = ((clause.campaign, cell.campaign), (clause.segment, cell.segment), (clause.age, cell.age))
    return all(not wanted or own in wanted for wanted, own in (*told, (clause.channel, cell.channel)))


def reworded(clause: Phrase, sentence: str, new: str) -> str:
    """A clause's text with another sentence in one's place, which keeps its stop; without it where `new` is empty."""
    bare = sentence.rstrip("。.")
    return clause.text.replace(sentence if not new else bare, new, 1).strip()
