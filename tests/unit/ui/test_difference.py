"""The difference of two texts: nothing of either is lost, words and figures stay whole, all of it stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ui.parts.difference import difference

EVIL = "<script>alert(1)</script>"


def sides(shown: Markup) -> tuple[str, str]:
    """The two texts that a difference was made of."""
    inner = str(shown).removeprefix('<span class="cd-diff">').removesuffix("</span>")
    old = re.sub(r"<ins>.*?</ins>", "", inner, flags=re.DOTALL)
    new = re.sub(r"<del>.*?</del>", "", inner, flags=re.DOTALL)
    return tuple(Markup(re.sub(r"</?(?:del|ins)>", "", one)).unescape() for one in (old, new))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a warm letter", "a short letter", "a <del>warm</del><ins>short</ins> letter"),
        ("您的存款到期了", "您的存款快到期了", "您的存款<ins>快</ins>到期了"),
        ("at 2.2% a year", "at 2.1% a year", "at <del>2.2%</del><ins>2.1%</ins> a year"),
        ("one two three four", "one 2 3 four", "one <del>two three</del><ins>2 3</ins> four"),
        (
            "you open it in the app",
            "we close it at a branch",
            "<del>you open it in the app</del><ins>we close it at a branch</ins>",
        ),
        ("same", "same", "same"),
        ("", "new", "<ins>new</ins>"),
        ("gone", "", "<del>gone</del>"),
    ],
)
def test_words_figures_and_characters_change_whole(old: str, new: str, shown: str) -> None:
    assert str(difference(old, new)) == f'<span class="cd-diff">{shown}</span>'


@given(st.text("ab '<&是的，。2.%\n", max_size=40), st.text("ab '<&是的，。2.%\n", max_size=40))
def test_both_texts_can_be_read_off_a_difference(old: str, new: str) -> None:
    assert sides(difference(old, new)) == (old, new)


def test_markup_in_a_text_is_text() -> None:
    shown = str(difference("", EVIL)) + str(difference(EVIL, "")) + str(difference(EVIL, EVIL))
    assert "<script" not in shown and "&lt;" in shown
