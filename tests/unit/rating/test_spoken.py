"""Raters are asked in their own language, and never other words than the session's."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.rating import Rubric
from assistant.domain.values import LOCALES
from assistant.errors import FileError
from eval.judge.criteria import load_criteria
from eval.rating.rules import load_rules
from eval.rating.spoken import asked, names, spoken


@pytest.mark.parametrize("locale", LOCALES)
def test_every_criterion_is_said_in_every_language_level_by_level(locale: str) -> None:
    for criterion in load_criteria().by_id.values():
        found = asked(load_rules().rubric(criterion), locale)
        assert (found.language, len(found.levels)) == (locale, len(criterion.levels))
        assert found.name == names(locale)[criterion.id] != criterion.id and all((found.question, *found.levels))


def test_a_question_that_was_worded_otherwise_is_asked_as_it_was_begun() -> None:
    before = Rubric(criterion="tone", question="Is it kind?", levels=("no", "yes"))
    found = asked(before, "zh-Hans")
    assert (found.language, found.name, found.question, found.levels) == ("en", "语气", "Is it kind?", ("no", "yes"))
    assert asked(Rubric(criterion="wit", question="Is it witty?"), "zh-Hant").name == "wit"


def test_a_file_that_says_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("tone: [1]")
    with pytest.raises(FileError, match="does not say what raters are asked"):
        spoken(tmp_path / "x.yaml")
