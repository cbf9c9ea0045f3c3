"""What comes as its source wrote it says in which language it is; a tag is read in the page's language."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.domain.values import LOCALES, Locale
from ui.choices import tag_name
from ui.parts.proof import Prover
from ui.parts.tongues import as_written
from ui.studio.picture import tags
from ui.words import words_of

LAW = "本行规定：电话须报身份；金融消費者保護法 第八條；47 C.F.R. § 64.1200(b)；FCA handbook rules"


def test_each_part_of_a_list_of_laws_says_its_language() -> None:
    told = as_written(LAW, "en")
    assert '<span lang="zh-Hans">本行规定：电话须报身份；</span>' in told
    assert '<span lang="zh-Hant">金融消費者保護法 第八條；</span>' in told and 'lang="en"' not in told
    assert 'lang="zh-Hant"' not in as_written(LAW, "zh-Hant") and '<span lang="en">FCA' in as_written(LAW, "zh-Hant")


def test_words_in_the_page_s_own_language_and_ids_are_not_marked() -> None:
    assert as_written("广告法 <第十六条>", "zh-Hans") == "广告法 &lt;第十六条&gt;"
    assert as_written("FD-12", "zh-Hant") == "FD-12"


@pytest.mark.parametrize("locale", ["en", "zh-Hant"])
def test_the_law_of_a_finding_is_marked_where_the_page_has_another_language(bank: Pack, locale: Locale) -> None:
    found = Finding(
        rule="CN-X", severity="block", start=0, end=1, text="x", message="No.", reference="广告法 第二十五条"
    )
    told = Prover(bank, words_of(locale)).findings([found], "en")
    assert '<span lang="zh-Hans">广告法 第二十五条</span>' in told


@pytest.mark.parametrize("locale", LOCALES)
def test_a_tag_is_told_in_words(bank: Pack, locale: Locale) -> None:
    found = [{"tag": "price_sensitive", "size": 42}, {"tag": "class_2", "size": "<5"}, {"tag": "of_theirs", "size": 7}]
    told = str(tags(bank, words_of(locale), found, [], "class_2"))
    for tag in ("price_sensitive", "class_2"):
        assert f">{tag_name(bank, tag, locale)} <span>" in told and f">{tag} " not in told
    assert tag_name(bank, "class_2", locale) in told.split("</button>")[-1], "the picture that it narrows"
    assert ">of_theirs <span>" in told, "a tag without a name is read by its id"


def test_every_tag_of_the_sample_and_every_one_that_a_model_is_told_has_a_name(bank: Pack) -> None:
    with (Path(bank.root) / "sample" / "customers.csv").open(encoding="utf-8", newline="") as file:
        known = {tag for row in csv.DictReader(file) for tag in row["tags"].split("|") if tag}
    assert len(known) >= 4 and known | set(bank.institution.told_tags) <= set(bank.institution.tag_names)
