"""One word for one thing: what the glossary has given up stands on no page and in no document."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from ui.words import FOLDER

GLOSSARY = yaml.safe_load((FOLDER / "glossary.yaml").read_text(encoding="utf-8"))
CHINESE = ["zh-Hans", "zh-Hant"]
READ = {"zh-Hans": ("README.zh.md",), "zh-Hant": ()}
"""What else is read in the language."""


def _files(locale: str) -> list[Path]:
    return [*sorted((FOLDER / locale).glob("*.yaml")), *(ROOT / name for name in READ[locale])]


@pytest.mark.parametrize("locale", CHINESE)
def test_a_word_that_was_given_up_stands_nowhere(locale: str) -> None:
    given_up = [word for one in GLOSSARY[locale] for word in one["not"]]
    texts = {path: path.read_text(encoding="utf-8") for path in _files(locale)}
    assert len(texts) > 10
    assert not [(path.name, word) for path, text in texts.items() for word in given_up if word in text]


@pytest.mark.parametrize("locale", CHINESE)
def test_a_word_that_was_chosen_is_in_use(locale: str) -> None:
    every = "".join(path.read_text(encoding="utf-8") for path in _files(locale))
    assert not [one["say"] for one in GLOSSARY[locale] if one["say"] not in every]
