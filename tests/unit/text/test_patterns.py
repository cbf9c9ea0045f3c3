"""What a pattern asks for is read from its parse tree; an automaton finds many words in one pass."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.automaton import Automaton
from assistant.text.patterns import all_required, explosive, required

ASKED = [
    ("保本|稳赚", {"保本", "稳赚"}),
    ("存[入进]", {"存入", "存进"}),
    ("(?:很|极)?高收益", {"高收益"}),
    (r"\bno risk\b", {"no risk"}),
    ("a+b?c", None),
]


@pytest.mark.parametrize(("pattern", "words"), ASKED, ids=[pattern for pattern, _ in ASKED])
def test_a_match_holds_one_of_the_words(pattern: str, words: set[str] | None) -> None:
    asked = required(pattern)
    assert asked and (words is None or asked == words)


def test_a_pattern_that_may_match_nothing_asks_for_nothing() -> None:
    assert required("(?:a|b)?") is None and required(".*") is None
    assert all_required(["保本", ".*"]) == ()


@given(st.lists(st.text("ab保本", min_size=1, max_size=4), min_size=1, max_size=5), st.text("ab保本 ", max_size=40))
def test_no_match_is_missed_by_looking_for_its_words_first(words: list[str], text: str) -> None:
    pattern = "|".join(re.escape(word) for word in words) + "[ab]?"
    asked = required(pattern)
    assert not re.search(pattern, text) or asked is None or any(word in text for word in asked)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(?:a*b?)*c", "((a|b)+)+", "(?:(?=a+)b){40,}"])
def test_a_repeat_inside_a_repeat_is_told(pattern: str) -> None:
    assert explosive(pattern)


@pytest.mark.parametrize("pattern", ["a+b+", "(?:保本|稳赚){1,3}", "[^。]{0,20}收益", "(?:a{0,8}b){0,4}"])
def test_bounded_repeats_are_borne(pattern: str) -> None:
    assert not explosive(pattern)


@given(st.sets(st.text("abc保本", min_size=1, max_size=4), max_size=8), st.text("abc保本", max_size=60))
def test_the_automaton_finds_what_a_naive_search_finds(words: set[str], text: str) -> None:
    automaton = Automaton({word: [word] for word in words})
    assert automaton.found(text) == {word for word in words if word in text}
