"""A session that is begun without a file: over a sample that the desk writes, over two runs of an evaluation."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.values import LOCALES, Locale
from assistant.errors import InputError, Refused
from eval.running.rows import AnswerRow, Rows, Run
from tests.unit.rating.conftest import EVA, NOW
from ui.score.asking import Asking, scoring
from ui.score.given import Which
from ui.score.written import Begins, Writing
from ui.surface import Caller
from ui.words import words_of

EVIL = "<img src=x onerror=alert(1)>"
CALLER = Caller(EVA, None, NOW)


def writing(desk: Desk, locale: Locale = "en") -> Writing:
    return Writing(Asking.of(desk, words_of(locale)))


def evaluated(desk: Desk, *writers: str, first: int = 0) -> None:
    """A finished run by each writer: `run-0`, `run-1`, as far as there are others `first`."""
    rows = Rows(desk.settings.home / "eval.db")
    for n, writer in enumerate(writers, first):
        rows.begin(Run(f"run-{n}", "copy", "h", {"writer": writer}, f"2026-11-23T09:0{n}:00"))
        made = [
            AnswerRow(f"case-{k}", "h", f"c{k}", {"texts": [{"text": f"By {n}, {k}."}]}, "", 0, 0, 0) for k in "abc"
        ]
        rows.put(f"run-{n}", [(one, []) for one in made])
        rows.end(f"run-{n}", "2026-11-23T10:00:00")
    rows.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sample_is_begun_in_the_language_of_the_page(desk: Desk, locale: Locale) -> None:
    answer = writing(desk, locale).begin(CALLER, Begins(title="Try", criterion="tone", of="sample"))
    assert answer["session"] and answer["regions"]["pair"].count(f'lang="{locale}"') >= 2
    assert "phrases ·" not in str(answer), "who wrote what is told at the end"
    rules = writing(desk).asking.rules
    assert scoring(desk, rules, answer["session"]).session(EVA).turns == rules.sample.count + 1


def test_two_runs_are_offered_when_they_are_asked_for_and_compared_blind(desk: Desk) -> None:
    page, wanted = writing(desk), Begins(title="Runs", criterion="clarity", of="runs", runs=("run-0", "run-1"))
    assert "copydesk eval run copy" in page.runs(CALLER, Which())["regions"]["runs"]
    with pytest.raises(Refused):
        page.begin(CALLER, wanted)
    evaluated(desk, "phrases")
    assert "<select" not in page.runs(CALLER, Which())["regions"]["runs"], "one run is compared with nothing"
    evaluated(desk, EVIL, first=1)
    offered = page.runs(CALLER, Which())["regions"]["runs"]
    assert offered.count("<option") == 4 and "<img" not in offered and "&lt;img" in offered
    answer = page.begin(CALLER, wanted)
    assert "By 0" in answer["regions"]["pair"] and "&lt;img" not in str(answer)


def test_what_cannot_be_begun_is_refused_in_words(desk: Desk) -> None:
    evaluated(desk, "phrases", "model")
    page = writing(desk)
    for runs in (("run-0",), ("run-0", "run-0"), ("run-0", "elsewhere")):
        with pytest.raises((Refused, InputError)):
            page.begin(CALLER, Begins(title="Runs", criterion="clarity", of="runs", runs=runs))
    with pytest.raises(InputError):
        page.begin(CALLER, Begins(title=" ", criterion="clarity", of="sample"))
    assert page.asking.open(CALLER, Which())["session"] == "", "nothing was begun"
