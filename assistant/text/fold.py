"""Folding: the form of a text in which disguises are gone, with the way back to the reader's own characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2061\u2062\u2063\u2064"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Signs that no sentence needs between two Chinese characters: 兴业银*行, 无.抵押.贷.款. A space is one of them.
_INSIDE = r" .*·•‧・_~^|/\\+=#@&'\"`\-"
# Both patterns begin with what they drop and then look back: a search runs from one such sign to the next.
_INSIDE_WORD = re.compile(rf"[{_INSIDE}](?<=[{HAN}].)[{_INSIDE}]{{0,2}}(?=[{HAN}])")
_SPACED_DIGIT = re.compile(r" (?:(?<=\d )(?=%|\. ?\d)|(?<=\d \. )(?=\d)|(?<=(?<!\w)\d )(?=\d(?!\w)))")
"""Spaces within a figure: `2 . 2 %`, `1 0 万`; two figures side by side stay two."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `origin[i]` is the original offset of folded character `i`; it has one entry more at the end."""

    text: str
    origin: tuple[int, ...] | None
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of folded characters start…end."""
        if self.origin is None:
            return start, end
        if end <= start:
            at = self.origin[start]
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1)
def _simplifier() -> dict[int, str]:
    """One Traditional character → one Simplified, from OpenCC's character table."""
    from importlib.resources import files

    table: dict[int, str] = {}
    source = files("opencc") / "dictionary" / "TSCharacters.txt"
    for line in source.read_text(encoding="utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and traditional != first:
            table[ord(traditional)] = first
    table.pop(ord("著"), None)
    return table


_uneven: set[str] = set()
"""Characters met so far that fold to none or to several."""


class _Folding(dict[int, str]):
    """Code point → folded character, worked out when first met; `str.translate` asks it."""

    def __missing__(self, code: int) -> str:
        folded = "" if chr(code) in ZERO_WIDTH else _folded_character(chr(code))
        if len(folded) != 1:
            _uneven.add(chr(code))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def _folded_character(character: str) -> str:
    if character == "，":
        return character  # as ',' it would join the figures on its two sides: R5，100元
    folded = unicodedata.normalize("NFKC", character).lower().replace("’", "'").replace("‘", "'")
    return folded.translate(_simplifier())


@lru_cache(maxsize=4096)
def folded_word(word: str) -> str:
    """A word of the pack as it reads folded."""
    return fold(word).text


def traditional() -> frozenset[str]:
    """Characters that Simplified writing replaces."""
    return frozenset(chr(code) for code in _simplifier())


def simplify(text: str) -> str:
    """Character by character from Traditional to Simplified; the length stays."""
    return text.translate(_simplifier())


def fold(text: str) -> Folded:
    """NFKC, lower case, one script, no zero-width characters, no punctuation inside words, offsets kept.

    A text of n characters gives an `origin` of at most 18 n entries (NFKC's longest expansion).
    """
    ascii_only = text.isascii()  # of such characters only the capitals fold to others
    plain = text.lower() if ascii_only else text.translate(_FOLDING)
    exact = ascii_only or _uneven.isdisjoint(text)
    drop: set[int] = set()
    for pattern in (_INSIDE_WORD, _SPACED_DIGIT):
        for match in pattern.finditer(plain):
            drop.update(range(match.start(), match.end()))
    if exact and not drop:
        return Folded(plain, None, text)
    origin: list[int] = []
    for index, character in enumerate(text):
        origin.extend([index] * len(_FOLDING[ord(character)]))
    if drop:
        kept = [index for index in range(len(plain)) if index not in drop]
        plain = "".join(plain[index] for index in kept)
        origin = [origin[index] for index in kept]
    origin.append(len(text))
    return Folded(plain, tuple(origin), text)
