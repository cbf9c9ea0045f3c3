"""The page says the same things in every language."""

from __future__ import annotations

import string

import pytest

from assistant.domain.values import LOCALES, Locale
from ui.words import words_of


def _keys(locale: Locale) -> set[str]:
    # English tells one from many; Chinese does not.
    return {key for key in words_of(locale).table if not key.endswith(".one")}


def _fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_keys(locale: Locale) -> None:
    assert _keys(locale) == _keys("en")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_fills_in_the_same_values(locale: Locale) -> None:
    ours, english = words_of(locale).table, words_of("en").table
    assert {key: _fields(ours[key]) for key in _keys(locale)} == {key: _fields(english[key]) for key in _keys("en")}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_words_are_empty(locale: Locale) -> None:
    assert not [key for key, text in words_of(locale).table.items() if not text.strip()]


def test_english_tells_one_from_many() -> None:
    words = words_of("en")
    assert words.count("count.messages", 1) == "= 1 message"
    assert words.count("count.messages", 0) == "= 0 messages"
    assert words_of("zh-Hans").count("count.messages", 1) == "= 1 条"
