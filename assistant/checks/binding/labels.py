"""What the words beside a figure say that it is: 利率, 起存, benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.domain.pack import Lexicon
from assistant.text.fold import fold
from assistant.text.trie import any_of

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
            _Words(table) for table in (lexicon.labels, lexicon.kinds, lexicon.cadences)
        )

    def beside(self, folded: str, start: int, end: int) -> Label:
        """The label of the figure at start…end: the nearest words in its own clause, before it or right after."""
        before = _CLAUSE_END.split(folded[max(0, start - self._reach) : start])[-1]
        after = _CLAUSE_END.split(folded[end : end + self._reach])[0].lstrip()
        often = self._cadences.nearest(before, after)
        return Label(self._keys.nearest(before, after), self._kinds.nearest(before, ""), next(iter(often), ""))


class _Words:
    """Words and what they mean, found from the figure outwards: the text before it is read backwards."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        meant: dict[str, set[str]] = {}
        for name, words in table.items():
            for word in words:
                meant.setdefault(fold(word).text, set()).add(name)
        # 年利率 is 利率 too: a word means what every word that it ends on means.
        self._meant = {
            word: frozenset(name for other, names in meant.items() if word.endswith(other) for name in names)
            for word in meant
        }
        self._own = {word: frozenset(names) for word, names in meant.items()}
        self._backwards = re.compile(any_of(word[::-1] for word in meant))
        self._ahead = re.compile(any_of(meant))

    def nearest(self, before: str, after: str) -> frozenset[str]:
        """What the words right after the figure mean, else those nearest before it; nothing where there are none."""
        match = self._ahead.match(after) if after else None
        # 满500元抵50元: what comes before the next figure is told of that one.
        if match and not _FIGURE.match(after, match.end()):
            return self._own[match[0]]
        match = self._backwards.search(before[::-1])
        return self._meant[match[0][::-1]] if match else frozenset()
