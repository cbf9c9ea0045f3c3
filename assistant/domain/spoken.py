"""How a value is said: 百分之二点二, 二十万元, 2.2 per cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from assistant.domain.facts import Fact
from assistant.domain.formats import date, period, term, written
from assistant.domain.values import Locale, Period, Term

_DIGITS = "零一二三四五六七八九"
_GROUPS = ((10**8, "亿"), (10**4, "万"))
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_TRADITIONAL = str.maketrans("亿万点两", "億萬點兩")


def said(fact: Fact, locale: Locale) -> str:
    """The fact as a person says it on the telephone."""
    value: Any = fact.value
    if isinstance(value, Decimal):
        return _rate(value, locale) if fact.kind in ("rate", "benchmark") else money(value, locale)
    if isinstance(value, Term) and locale != "en":
        number = han(Decimal(value.number), locale)
        # Before a measure word two is 两.
        number = {"zh-Hans": "两", "zh-Hant": "兩"}[locale] if value.number == 2 else number
        return number + term(value, locale).lstrip("0123456789")
    if isinstance(value, Period) and locale != "en":
        return _day(period(value, locale), locale)
    if isinstance(value, dt.date):
        return _day(date(value, locale), locale)
    if isinstance(value, int) and not isinstance(value, bool) and locale != "en":
        return han(Decimal(value), locale)
    return written(fact, locale)


def money(value: Decimal, locale: Locale) -> str:
    """An amount: 二十万元, 人民幣二十萬元, 200,000 yuan."""
    plain = value.normalize()
    if locale == "en":
        return f"{plain:,f} yuan"
    number = han(plain, locale)
    return f"{number}元" if locale == "zh-Hans" else f"人民幣{number}元"


def han(value: Decimal, locale: Locale) -> str:
    """A number of at most sixteen digits before the point in Chinese characters."""
    whole, _, fraction = f"{value.normalize():f}".partition(".")
    text = _whole(int(whole))
    if fraction:
        text += "点" + "".join(_DIGITS[int(digit)] for digit in fraction)
    return text.translate(_TRADITIONAL) if locale == "zh-Hant" else text


def _rate(value: Decimal, locale: Locale) -> str:
    if locale == "en":
        return f"{value.normalize():f} per cent"
    return f"百分之{han(value, locale)}"


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    out, rest = "", number
    for size, name in _GROUPS:
        part, rest = divmod(rest, size)
        if part:
            out += ("两" if part == 2 else _whole(part) if part >= 10**4 else _below(part, bool(out))) + name
            if rest and rest < size // 10:
                out += _DIGITS[0]
    return out + (_below(rest, bool(out)) if rest else "")


def _below(number: int, inside: bool) -> str:
    """A number under ten thousand; 十 without its 一 where it begins the number."""
    out, gap = "", False
    for size, name in _UNITS:
        digit, number = divmod(number, size)
        if digit:
            out += _DIGITS[0] if gap else ""
            leading = digit == 1 and name == "十" and not out and not inside
            out += ("" if leading else "两" if digit == 2 and name in "千百" else _DIGITS[digit]) + name
            gap = False
        elif out:
            gap = True
    return out + ((_DIGITS[0] if gap else "") + _DIGITS[number] if number else "")


def _day(words: str, locale: Locale) -> str:
    """`11月10日` → 十一月十日."""
    if locale == "en":
        return words
    out, number = "", ""
    for character in f"{words} ":
        if character.isdigit():
            number += character
            continue
        out += han(Decimal(number), locale) if number else ""
        number = ""
        out += character
    return out.strip()
