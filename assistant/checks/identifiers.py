"""What identifies a person: resident and Taiwanese identity numbers, cards, mobiles, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_CANDIDATES = re.compile(
    r"(?<![\da-z])(?:\d{17}[\dx]|\d{16,19}|1[3-9]\d{9}|[a-z][1289]\d{8}"
    r"|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|\d{6}[ -]\d{8}[ -]\d{3}[\dx]|1[3-9]\d[ -]\d{4}[ -]\d{4})(?![\da-z])"
)
_DIGITS = re.compile(r"\d{4}[ -]?\d{4}")
"""What every candidate holds; few texts do."""
_SIGNS = str.maketrans("", "", " -")
"""Cards, identity numbers and mobiles are often written in groups."""
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})")
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TAIWAN_LETTERS = {letter: 10 + i for i, letter in enumerate("abcdefghjklmnpqrstuvxywzio")}
_TAIWAN_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def identifiers(folded: str, own_hosts: Collection[str] = ()) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each number whose check digit is right; mobiles and addresses by their form.

    Addresses at `own_hosts`, or at what these are part of, are the institution's.
    """
    for match in _ADDRESS.finditer(folded) if "@" in folded else ():
        if not any(host == match[1] or host.endswith(f".{match[1]}") for host in own_hosts):
            yield match.start(), match.end(), "e-mail address"
    for match in _CANDIDATES.finditer(folded) if _DIGITS.search(folded) else ():
        if kind := _kind(match[0].translate(_SIGNS)):
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
