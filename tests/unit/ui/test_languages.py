"""The page's language: the reader's choice, then the browser's, then the desk's."""

from __future__ import annotations

import pytest

from ui.languages import choose, known


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-MO", "zh-Hant"), ("zh-Hant", "zh-Hant"),
        ("zh-hant-SG", "zh-Hant"),
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), ("zh_CN", "zh-Hans"),
        ("en-GB", "en"), ("fr", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_tag_is_known_by_its_script_then_its_region(tag: str | None, locale: str | None) -> None:
    assert known(tag) == locale


def test_the_cookie_wins_over_the_browser() -> None:
    assert choose("zh-Hant", "en-GB,en;q=0.9") == "zh-Hant"


def test_a_cookie_of_no_language_of_ours_is_passed_over() -> None:
    assert choose("<script>", "zh-HK") == "zh-Hant"


def test_the_browser_s_weights_are_kept() -> None:
    assert choose(None, "fr-FR,en;q=0.5,zh-TW;q=0.8") == "zh-Hant"
    assert choose(None, "en;q=0,zh") == "zh-Hans"


@pytest.mark.parametrize("accept", [None, "", "fr", "*", "en;q=x", ";;;,,,"])
def test_what_cannot_be_read_falls_back_to_the_desk(accept: str | None) -> None:
    assert choose(None, accept, "zh-Hant") == "zh-Hant"
    assert choose(None, accept, "klingon") == "en"
