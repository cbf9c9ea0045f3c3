"""Which checks a text wakes: most of them wait for words, and are run only where theirs stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from assistant.text.automaton import Automaton
from assistant.text.patterns import Ways, Words

T = TypeVar("T", bound=Hashable)


class Sets:
    """The sets of words that checks wait for, each with a number, and one automaton that finds them all in one pass."""

    def __init__(self, waiting: Iterable[tuple[Ways, ...]]) -> None:
        self._numbers: dict[Words, int] = {}
        by_word: dict[str, list[int]] = defaultdict(list)
        for words in (words for parts in waiting for ways in parts for way in ways for words in way):
            if words not in self._numbers:
                self._numbers[words] = len(self._numbers)
                for word in words:
                    by_word[word].append(self._numbers[words])
        self._automaton = Automaton(by_word)

    def number(self, words: Words) -> int:
        """The number of one of the sets."""
        return self._numbers[words]

    def found(self, text: str) -> set[int]:
        """The numbers of the sets of which a word stands in a folded text."""
        return self._automaton.found(text)


class Sleepers(Generic[T]):
    """What waits for words, with the parts of each. A way is looked up by its rarest set and needs all its sets."""

    def __init__(self, sets: Sets, waiting: Mapping[T, tuple[Ways, ...]]) -> None:
        self._sleepers = list(waiting)
        self._by_rarest: dict[int, list[tuple[int, int, frozenset[int]]]] = defaultdict(list)
        for place, parts in enumerate(waiting.values()):
            for part, way in ((part, way) for part, ways in enumerate(parts) for way in ways):
                rarest, *others = map(sets.number, way)
                self._by_rarest[rarest].append((place, part, frozenset(others)))
        self._rarest = frozenset(self._by_rarest)

    def woken(self, found: set[int]) -> dict[T, list[int]]:
        """What wakes at these sets, and which parts of each, all in order."""
        woken: dict[int, set[int]] = {}
        for number in self._rarest & found:
            for place, part, others in self._by_rarest[number]:
                if others <= found:
                    woken.setdefault(place, set()).add(part)
        return {self._sleepers[place]: sorted(parts) for place, parts in sorted(woken.items())}
