"""The search answers questions that somebody wrote who saw only the catalogue."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from eval.retrieval import Answered, ask, recall


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, bank: object) -> list[Answered]:
    """Every question of the suite, asked once."""
    desk = Desk(Settings(home=tmp_path_factory.mktemp("home")))
    desk.__dict__["pack"] = bank
    found = ask(desk)
    desk.search.close()
    return found


def test_there_are_200_questions_in_three_languages(results: list[Answered]) -> None:
    assert len(results) >= 200
    assert {one.case.given["locale"] for one in results} == {"zh-Hans", "zh-Hant", "en"}


def test_questions_that_name_the_thing_are_answered_among_the_first_five(results: list[Answered]) -> None:
    assert recall([one for one in results if one.case.given["style"] == "names"], 5) >= 0.95


def test_questions_in_own_words_or_another_script_are_too(results: list[Answered]) -> None:
    assert recall([one for one in results if one.case.given["style"] != "names"], 5) >= 0.85
