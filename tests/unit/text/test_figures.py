"""Figures are read in digits, in Chinese numerals and in English words, each with its kind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.figures import scan
from assistant.text.fold import fold
from assistant.text.numbers import read

YEARS2 = ("months", 24)
CASES = [
    ("年利率2.2%", "rate", Decimal("2.2")),
    ("百分之二点二", "rate", Decimal("2.2")),
    ("万分之五", "rate", Decimal("0.05")),
    ("上浮25BP", "rate", Decimal("0.25")),
    ("二点二个百分点", "rate", Decimal("2.2")),
    ("２．２％", "rate", Decimal("2.2")),
    ("20万", "money", Decimal(200000)),
    ("二十万", "money", Decimal(200000)),
    ("廿万", "money", Decimal(200000)),
    ("兩萬元", "money", Decimal(20000)),
    ("人民幣1萬元", "money", Decimal(10000)),
    ("CNY 10,000", "money", Decimal(10000)),
    ("存2年", "term", YEARS2),
    ("24个月", "term", YEARS2),
    ("two years", "term", YEARS2),
    ("a two-year term", "term", YEARS2),
    ("180天", "term", ("minutes", 180 * 1440)),
    ("半年", "term", ("months", 6)),
    ("5,000份", "count", 5000),
    ("1月31日", "date", (None, 1, 31)),
    ("31 January", "date", (None, 1, 31)),
    ("2027-01-31", "date", (2027, 1, 31)),
    ("1月20日至2月10日", "period", ((None, 1, 20), (None, 2, 10))),
    ("https://m.islet.example/b1", "link", "https://m.islet.example/b1"),
    ("400-555-0135", "phone", "400-555-0135"),
]


@pytest.mark.parametrize(("text", "kind", "value"), CASES, ids=[case[0] for case in CASES])
def test_a_figure_is_read(text: str, kind: str, value: object) -> None:
    found = scan(fold(text).text)
    assert [(figure.kind, figure.value) for figure in found] == [(kind, value)]


@pytest.mark.parametrize(
    "text", ["一起看看", "一点心意", "十分方便", "万一用钱", "千万别急", "一份安心", "R2", "T+0", "WM-180D"]
)
def test_everyday_words_are_no_figures(text: str) -> None:
    assert scan(fold(text).text) == []


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert read(_numeral(number)) == number


@given(st.integers(1, 10**9))
def test_amounts_with_separators_are_read(number: int) -> None:
    (figure,) = scan(fold(f"CNY {number:,}").text)
    assert figure.value == number


def _numeral(number: int) -> str:
    """A number below ten thousand in Chinese numerals."""
    if number == 0:
        return "零"
    digits, out = "零一二三四五六七八九", ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += digits[digit] + unit
        elif out and number % power and not out.endswith("零"):
            out += "零"
    return out
