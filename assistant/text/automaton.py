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
        for word, values in words.items():
            self._automaton.add_word(word, tuple(values))
        self._empty = not words
        if words:
            self._automaton.make_automaton()

    def found(self, text: str) -> set[T]:
        """The values of all words in the text."""
        found: set[T] = set()
        if not self._empty:
            for _, values in self._automaton.iter(text):
                found.update(values)
        return found
