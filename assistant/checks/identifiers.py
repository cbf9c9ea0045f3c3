"""Numbers that identify: resident and company numbers, cards, mobiles, Taiwan's identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CANDIDATES = re.compile(r"(?<![\da-z])(?:\d{17}[\dx]|\d{16,19}|1[3-9]\d{9}|[a-z][1289]\d{8})(?![\da-z])")
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TAIWAN_LETTERS = {letter: 10 + i for i, letter in enumerate("abcdefghjklmnpqrstuvxywzio")}
_TAIWAN_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def identifiers(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each number whose check digit is right; mobiles by their form."""
    for match in _CANDIDATES.finditer(folded):
        if kind := _kind(match[0]):
            yield match.start(), match.end(), kind


def _kind(token: str) -> str | None:
    if len(token) == 18 and is_resident(token):
        return "resident id"
    if token.isdigit() and len(token) >= 16:
        return "card" if luhn(token) else None
    if len(token) == 11 and token.isdigit():
        return "mobile"
    if token[0].isalpha() and is_taiwan(token):
        return "taiwan id"
    return None


def is_resident(token: str) -> bool:
    """MOD 11-2 of GB 11643 over 18 characters."""
    if not token[:17].isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(token, _RESIDENT_WEIGHTS, strict=False))
    return "10x98765432"[total % 11] == token[17]


def luhn(digits: str) -> bool:
    """The Luhn sum of a card number."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_taiwan(token: str) -> bool:
    """A letter and nine digits, weights 1 9 8 7 6 5 4 3 2 1 1 modulo 10."""
    code = _TAIWAN_LETTERS[token[0]]
    digits = [code // 10, code % 10, *(int(d) for d in token[1:])]
    return sum(d * w for d, w in zip(digits, _TAIWAN_WEIGHTS, strict=True)) % 10 == 0
