"""Where a session's pairs come from without a file: a sample that the desk writes, two runs of an evaluation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.values import LOCALES, Locale
from assistant.errors import InputError, UnknownId
from eval.cases.load import load_suite
from eval.rating.from_runs import comparable, pairs_of, subject
from eval.rating.rules import load_rules
from eval.rating.sample import sample_pairs
from eval.running.rows import AnswerRow, Rows, Run

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sample_is_written_by_the_desk_under_two_settings(locale: Locale, desk: Desk) -> None:
    wanted = load_rules().sample
    found = sample_pairs(desk, locale, DAY, wanted)
    assert len(found) == wanted.count and len({one.cluster for one in found}) > 5
    assert {one.language for one in found} == {locale} and all(one.readers for one in found)
    assert {one.a.source for one in found} == {"phrases · usual"} and {one.b.source for one in found} == {
        "phrases · shorter"
    }
    assert all(one.a.text != one.b.text for one in found)
    assert sum(len(one.b.text) < len(one.a.text) for one in found) > wanted.count / 2, "what was wished was done"


def test_two_settings_that_say_the_same_are_nothing_to_compare(desk: Desk) -> None:
    alike = load_rules().sample.model_copy(update={"settings": {"one": "", "other": ""}, "count": 2})
    with pytest.raises(InputError, match="nothing to compare"):
        sample_pairs(desk, "en", DAY, alike)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    """Two finished runs of the suite that writes, by another writer each, and one that is not finished."""
    made = Rows(tmp_path / "eval.db")
    case = load_suite("copy").cases[0]
    for own, writer, ended in (("run-a", "phrases", True), ("run-b", "model", True), ("run-c", "model", False)):
        made.begin(Run(own, "copy", "h", {"writer": writer, "model": "", "prompt": ""}, "2026-11-23T09:00:00"))
        answers = [_answer(case.id, case.hash, case.cluster, f"By {own}.")]
        answers += [_answer(f"gone-{n}", "old", f"c{n}", f"By {own}, {n}.") for n in range(5)]
        answers += [_answer("same", "s", "c", "The same."), _answer(f"only-{own}", "o", "c", "Alone.")]
        answers.append(_answer("changed", f"hash of {own}", "c", f"By {own}, of another case."))
        answers.append(AnswerRow("failed", "f", "c", {}, "It crashed.", 0.1, 0, 0))
        made.put(own, [(one, []) for one in answers])
        if ended:
            made.end(own, "2026-11-23T09:05:00")
    yield made
    made.close()


def _answer(own: str, hash_: str, cluster: str, text: str) -> AnswerRow:
    return AnswerRow(own, hash_, cluster, {"texts": [{"text": text}]}, "", 0.1, 0, 0)


def test_two_runs_are_compared_case_by_case_where_both_wrote_something_else(rows: Rows, desk: Desk) -> None:
    found = pairs_of(rows, "run-a", "run-b", 50, lambda: desk)
    assert len(found) == 6 and not [one for one in found if one.id in ("same", "failed", "changed") or "only" in one.id]
    assert {(one.a.source, one.b.source) for one in found} == {("phrases", "model")}
    known = [one for one in found if one.readers]
    assert len(known) == 1 and known[0].language in LOCALES and known[0].a.text == "By run-a."


def test_a_draw_of_many_pairs_is_the_same_each_time(rows: Rows, desk: Desk) -> None:
    drawn = [[one.id for one in pairs_of(rows, "run-a", "run-b", 3, lambda: desk)] for _ in range(2)]
    assert drawn[0] == drawn[1] and len(drawn[0]) == 3


def test_runs_that_cannot_be_compared_are_refused(rows: Rows, desk: Desk) -> None:
    for one, other in (("run-a", "run-a"), ("run-a", "run-c")):
        with pytest.raises(InputError, match="not two finished runs"):
            pairs_of(rows, one, other, 5, lambda: desk)
    with pytest.raises(UnknownId):
        pairs_of(rows, "run-a", "elsewhere", 5, lambda: desk)
    assert [run.id for run in comparable(rows)] == ["run-a", "run-b"]


def test_two_runs_of_one_subject_are_told_apart_by_their_ids(rows: Rows, desk: Desk) -> None:
    rows.end("run-c", "2026-11-23T09:09:00")
    found = pairs_of(rows, "run-b", "run-c", 5, lambda: desk)
    assert {(one.a.source, one.b.source) for one in found} == {("model · run-b", "model · run-c")}
    assert subject(rows.run("run-b")) == "model"
