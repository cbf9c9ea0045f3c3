"""Reading a number in digits, in Chinese or English words: 20万, 二十万, 廿万, 1.5, 二点二, one point nine five."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

ARABIC = r"\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,30})?|\d{1,40}(?:\.\d{1,30})?"
"""Longer numbers than anybody writes are read in pieces: a run that has no end would be looked at from each digit."""
CHINESE = r"[零〇一二两俩三四五六七八九十百千廿卅]{1,24}(?:点[零〇一二两三四五六七八九]{1,24})?"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS_EN = enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
_UNITS |= {"nought": 0} | {word: 10 * value for value, word in _TENS_EN}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6}
EN_WORD = "|".join(sorted([*_UNITS, *_POWERS, "point"], key=len, reverse=True))
ENGLISH = rf"\b(?:{EN_WORD})(?:(?: and |[ -])(?:{EN_WORD})){{0,12}}\b"
"""A numeral of more words is none that anybody writes, and slow to look for."""
SCALE = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 10**8,
}


def read(number: str) -> Decimal:
    """The value of one number in folded text; raises ValueError for what is none."""
    plain = number.replace(",", "").strip()
    if plain[:1].isascii() and plain[:1].isalpha():
        return _english(plain)
    if plain[:1].isdigit():
        try:
            return Decimal(plain)
        except InvalidOperation as error:
            raise ValueError(f"“{number}” is no number") from error
    whole, _, fraction = plain.partition("点")
    value = Decimal(_chinese(whole))
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value


def _english(words: str) -> Decimal:
    """Numerals in words: two hundred and five thousand, one point nine five."""
    whole, _, fraction = words.partition("point")
    total = group = 0
    for word in re.findall(r"[a-z]+", whole):
        if word == "and":
            continue
        if word == "hundred":
            group = (group or 1) * 100
        elif word in _POWERS:
            total, group = total + (group or 1) * _POWERS[word], 0
        else:
            group += _UNITS[word]
    digits = "".join(str(_UNITS[word]) for word in fraction.replace("-", " ").split())
    return Decimal(f"{total + group}.{digits}" if digits else total + group)


def _chinese(numeral: str) -> int:
    """Numerals up to 9,999: 二十, 廿五, 一百零八, and digit by digit 二〇二六."""
    expanded = numeral.replace("廿", "二十").replace("卅", "三十")
    if not any(c in _TENS for c in expanded):
        return int("".join(str(_DIGITS[c]) for c in expanded) or "0")
    total = digit = 0
    for character in expanded:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
