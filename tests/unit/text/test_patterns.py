"""What a pattern asks for is read from its parse tree; an automaton finds many words in one pass."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.automaton import Automaton
from assistant.text.patterns import AnyOf, all_required, explosive, required

ASKED = [
    ("保本|稳赚", [[{"保本", "稳赚"}]]),
    ("存[入进]", [[{"存入", "存进"}]]),
    ("(?:很|极)?高收益", [[{"高收益"}]]),
    (r"\bno risk\b", [[{"no risk"}]]),
    ("存款.{0,8}(?:送|赠)", [[{"存款"}, {"送", "赠"}]]),
    (r"(?:heads|tails) you\s?win|top\s1", [[{"heads", "tails"}, {" you"}, {"win"}], [{"top"}]]),
    ("a+b?c", None),
]


@pytest.mark.parametrize(("pattern", "ways"), ASKED, ids=[pattern for pattern, _ in ASKED])
def test_a_match_holds_a_word_of_each_set_of_a_way(pattern: str, ways: list[list[set[str]]] | None) -> None:
    asked = [sorted(map(sorted, way)) for way in required(pattern)]
    assert asked and (ways is None or asked == [sorted(map(sorted, way)) for way in ways])


def test_a_pattern_that_may_match_nothing_asks_for_nothing() -> None:
    assert required("(?:a|b)?") == required(".*") == required("保本|.*") == ()
    assert all_required(["保本", ".*"]) == ()


PIECES = st.sampled_from(
    ["a", "b", "保", "本", "[ab]", ".", "a?", "(?:ab|本)", "(?:a.b|保本)", "(?:b|)", "(?:本){1,2}", "|"]
)


@given(st.lists(PIECES, min_size=1, max_size=8), st.text("ab保本 ", max_size=40))
def test_no_match_is_missed_by_looking_for_its_words_first(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    ways = required(pattern)
    holds = not ways or any(all(any(word in text for word in words) for words in way) for way in ways)
    assert holds or not re.search(pattern, text)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=4), min_size=1, max_size=4), st.text("ab保本 ", max_size=30))
def test_patterns_one_by_one_find_what_they_find_together(patterns: list[list[str]], text: str) -> None:
    plain = ["".join(pieces) for pieces in patterns]
    together = [match.span() for match in re.finditer("|".join(plain), text)]
    assert [match.span() for match in AnyOf(plain).finditer(text)] == together


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
