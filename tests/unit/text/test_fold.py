"""Folding takes every disguise off and tells the way back to the reader's own characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.fold import ZERO_WIDTH, fold

DISGUISES = st.sampled_from(["", "*", "·", ".", " ", "\u200b", "\ufeff", "_", "~", "\u200b\u200d"])


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("兴业银*行", "兴业银行"),
        ("无.抵押.贷.款", "无抵押贷款"),
        ("保\u200b本", "保本"),
        ("保證獲利", "保证获利"),
        ("２．２％", "2.2%"),
        ("2 . 2 %", "2.2%"),
        ("ISN’T", "isn't"),
        ("㎏", "kg"),
    ],
)
def test_a_disguise_is_taken_off(disguised: str, plain: str) -> None:
    assert fold(disguised).text == plain


def test_sentence_punctuation_stays() -> None:
    assert fold("先存，后取。再说").text == "先存，后取。再说"


@given(st.text(max_size=80))
def test_every_span_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)
    assert folded.original == text
    last = 0
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= last <= start < end <= len(text)
        last = start


@given(st.lists(DISGUISES, min_size=3, max_size=3), st.text("甲乙丙丁", max_size=5), st.text("甲乙丙丁", max_size=5))
def test_a_disguised_word_is_found_at_its_own_characters(between: list[str], before: str, after: str) -> None:
    disguised = "稳" + between[0] + "赚" + between[1] + "不" + between[2] + "赔"
    text = before + disguised + after
    folded = fold(text)
    at = folded.text.index("稳赚不赔")
    start, end = folded.span(at, at + 4)
    assert text[start:end] == disguised


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert set(once).isdisjoint(ZERO_WIDTH)
    assert fold(fold(once).text).text == fold(once).text
