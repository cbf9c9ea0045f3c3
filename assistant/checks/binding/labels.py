"""What the words beside a figure say that it is: 利率, 起存, benchmark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.pack import Lexicon
from assistant.text.fold import fold

_CLAUSE_END = re.compile(r"[，。；！？,;!?\n、（）()：:]")
_REACH = 14


@dataclass(frozen=True, slots=True)
class Label:
    """The keys and kinds that the words beside a figure claim; empty where they claim none."""

    keys: frozenset[str]
    kinds: frozenset[str]


class Labels:
    """The lexicon's labels of one locale, folded."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._keys = [(fold(word).text, key) for key, words in lexicon.labels.items() for word in words]
        self._kinds = [(fold(word).text, kind) for kind, words in lexicon.kinds.items() for word in words]
        self._keys.sort(key=lambda pair: -len(pair[0]))
        self._kinds.sort(key=lambda pair: -len(pair[0]))

    def beside(self, folded: str, start: int, end: int) -> Label:
        """The label of the figure at start…end: the nearest words in its own clause, before it or right after."""
        before = _CLAUSE_END.split(folded[max(0, start - _REACH) : start])[-1]
        after = _CLAUSE_END.split(folded[end : end + _REACH])[0].lstrip()
        return Label(_nearest(self._keys, before, after), _nearest(self._kinds, before, ""))


def _nearest(words: list[tuple[str, str]], before: str, after: str) -> frozenset[str]:
    best, found = -1, set()
    for word, key in words:
        at = before.rfind(word)
        if at < 0 and after.startswith(word):
            at = len(before)
        if at < 0:
            continue
        reach = at + len(word)
        if reach > best:
            best, found = reach, {key}
        elif reach == best:
            found.add(key)
    return frozenset(found)
