"""Which of very many words a text holds, in one pass, however many they are (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import ahocorasick

T = TypeVar("T", bound=Hashable)


class Automaton(Generic[T]):
    """Words → the values that are told when one of them stands in a text."""

    def __init__(self, words: Mapping[str, Iterable[T]]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._values = [tuple(values) for values in words.values()]
        for number, word in enumerate(words):
            self._automaton.add_word(word, number)
        self._empty = not words
        if words:
            self._automaton.make_automaton()

    def found(self, text: str) -> set[T]:
        """The values of all words in the text."""
        if self._empty:
            return set()
        # A word that stands ten times is one number, so its values are put together once.
        numbers = {number for _, number in self._automaton.iter(text)}
        return set().union(*[self._values[number] for number in numbers])


class Places:
    """Where any of very many words may begin."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, len(word) - 1)
        self._empty = not len(self._automaton)
        if not self._empty:
            self._automaton.make_automaton()

    def starts(self, text: str) -> list[int]:
        """The places where one of the words begins, left to right, each once."""
        return [] if self._empty else sorted({end - before for end, before in self._automaton.iter(text)})
