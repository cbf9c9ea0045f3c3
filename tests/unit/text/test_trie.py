"""One pattern for many words finds the longest of them, however long they are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.trie import any_of


def test_a_word_longer_than_the_stack_is_deep_is_found() -> None:
    long = "保" * 20_000
    pattern = re.compile(any_of([long, "保本", "a" * 20_000]))
    assert [match[0] for match in pattern.finditer(f"保本{long}")] == ["保本", long]


@given(st.sets(st.text("保本]-^. ", min_size=1, max_size=4), max_size=8), st.text("保本]-^. ", max_size=30))
def test_the_longest_of_the_words_that_begin_at_a_place_is_found(words: set[str], text: str) -> None:
    found = re.compile(any_of(words)).match(text)
    begin = [word for word in words if text.startswith(word)]
    assert (found[0] if found else None) == max(begin, key=len, default=None)


def test_a_latin_word_is_found_only_as_a_whole() -> None:
    assert [match[0] for match in re.finditer(any_of(["rate", "保本"]), "crate保本rate rates")] == ["保本", "rate"]
