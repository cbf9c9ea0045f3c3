"""What the words beside a figure say that it is: 利率, 起存, benchmark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.pack import Lexicon
from assistant.text.fold import fold

_CLAUSE_END = re.compile(r"[，。；！？,;!?\n、（）()：:]")
_REACH = {"en": 26}
"""So many characters beside a figure are looked at for its label, 14 in Chinese."""
_FIGURE = re.compile(r".{0,3}?\s?(?:人民币|cny|rmb|¥)?\s?\d")


@dataclass(frozen=True, slots=True)
class Label:
    """The keys, the kinds and how often (day, month, year) that the words beside a figure claim, if any."""

    keys: frozenset[str]
    kinds: frozenset[str]
    cadence: str = ""


class Labels:
    """The lexicon's labels of one locale, folded."""

    def __init__(self, lexicon: Lexicon, locale: str = "") -> None:
        self._reach = _REACH.get(locale, 14)
        self._keys, self._kinds, self._cadences = (
            sorted(
                ((fold(word).text, name) for name, words in table.items() for word in words), key=lambda p: -len(p[0])
            )
            for table in (lexicon.labels, lexicon.kinds, lexicon.cadences)
        )

    def beside(self, folded: str, start: int, end: int) -> Label:
        """The label of the figure at start…end: the nearest words in its own clause, before it or right after."""
        before = _CLAUSE_END.split(folded[max(0, start - self._reach) : start])[-1]
        after = _CLAUSE_END.split(folded[end : end + self._reach])[0].lstrip()
        often = _nearest(self._cadences, before, after)
        return Label(_nearest(self._keys, before, after), _nearest(self._kinds, before, ""), next(iter(often), ""))


def _nearest(words: list[tuple[str, str]], before: str, after: str) -> frozenset[str]:
    best, found = -1, set()
    for word, key in words:
        at = before.rfind(word)
        # 满500元抵50元: what comes before the next figure is told of that one.
        if at < 0 and after.startswith(word) and not _FIGURE.match(after, len(word)):
            at = len(before)
        if at < 0:
            continue
        reach = at + len(word)
        if reach > best:
            best, found = reach, {key}
        elif reach == best:
            found.add(key)
    return frozenset(found)
