"""Which checks a text wakes: most of them wait for words, and are run only where theirs stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from assistant.text.automaton import Automaton
from assistant.text.patterns import Ways, Words

T = TypeVar("T", bound=Hashable)


class Sleepers(Generic[T]):
    """What waits for words, with the parts of each; one automaton finds all words in one pass.

    The sets of words have numbers. A way is looked up by its rarest set and needs all its sets.
    """

    def __init__(self, waiting: Mapping[T, tuple[Ways, ...]]) -> None:
        self._sleepers = list(waiting)
        self._by_rarest: dict[int, list[tuple[int, int, frozenset[int]]]] = defaultdict(list)
        numbers: dict[Words, int] = {}
        for place, parts in enumerate(waiting.values()):
            for part, way in ((part, way) for part, ways in enumerate(parts) for way in ways):
                rarest, *others = (numbers.setdefault(words, len(numbers)) for words in way)
                self._by_rarest[rarest].append((place, part, frozenset(others)))
        self._rarest = frozenset(self._by_rarest)
        by_word: dict[str, list[int]] = defaultdict(list)
        for words, number in numbers.items():
            for word in words:
                by_word[word].append(number)
        self._automaton = Automaton(by_word)

    def woken(self, folded: str) -> dict[T, list[int]]:
        """What wakes at a folded text, and which parts of each, all in order."""
        found, woken = self._automaton.found(folded), dict[int, set[int]]()
        for number in self._rarest & found:
            for place, part, others in self._by_rarest[number]:
                if others <= found:
                    woken.setdefault(place, set()).add(part)
        return {self._sleepers[place]: sorted(parts) for place, parts in sorted(woken.items())}
