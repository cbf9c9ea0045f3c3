"""Whether a word is negated: at most six characters to the left in its own clause, read by the longest word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assistant.domain.pack import Pack
from assistant.text.fold import fold
from assistant.text.trie import any_of

_CLAUSE_END = re.compile(r"[，。；！？,;!?\n：:]|\.\s")
_REACH = {"en": 24}


class Negation:
    """The negating words of every locale, and those that only look like one (非常, 未来, 不仅)."""

    def __init__(self, pack: Pack) -> None:
        self._words = {locale: _pattern(one.negations, one.not_negations) for locale, one in pack.lexicon.items()}

    def before(self, folded: str, start: int, locale: Any) -> bool:
        """Whether the word at `start` stands under exactly one negation; two make a statement again."""
        pattern = self._words.get(locale)
        if pattern is None:
            return False
        reach = _REACH.get(locale, 6)
        clause = _CLAUSE_END.split(folded[max(0, start - reach - 4) : start])[-1]
        count = sum(1 for match in pattern.finditer(clause) if match["no"] and len(clause) - match.end() <= reach)
        return count % 2 == 1


@lru_cache(maxsize=16)
def _pattern(negations: tuple[str, ...], lookalikes: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a lexicon, however many checks read by it."""

    def words(names: tuple[str, ...]) -> str:
        return any_of(fold(name).text for name in names)

    return re.compile(rf"(?P<but>{words(lookalikes)})|(?P<no>{words(negations)})")
