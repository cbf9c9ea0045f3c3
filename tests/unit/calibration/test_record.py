"""A judge's runs show a record; without one that fits, a score is marked and cannot gate."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.errors import FileError, Refused
from eval.calibration.bar import load_bar
from eval.calibration.calibrate import calibrate
from eval.calibration.judgements import Judgements
from eval.calibration.passing import Passing
from eval.calibration.ratings import Ratings
from eval.calibration.record import Record, must_be_admitted, read_record, record_of, standing, write_record
from eval.judge.scripted import Careful, Character, LongerLover
from tests.unit.calibration.town import CRITERION, judged, rated, texts, truth

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
MADE = texts(270)
BAR = load_bar()
CAREFUL = Careful(truth(MADE), 0.95)


def record(character: Character) -> tuple[Record, Judgements]:
    people, said = Ratings(tuple(rated(MADE))), Judgements(tuple(judged(character, MADE)))
    return record_of(people, said, BAR, calibrate(people, said, BAR), NOW), said


def test_an_admitted_judge_may_gate_and_shows_its_record(tmp_path: Path) -> None:
    made, said = record(CAREFUL)
    write_record(tmp_path / "r.json", made)
    back = read_record(tmp_path / "r.json")
    assert back == made
    found = standing(back, said.judge, said.model, CRITERION, BAR)
    assert found.mark == "admitted" and "270 items" in found.why
    must_be_admitted(found, CRITERION)


def test_a_refused_judge_cannot_gate_and_it_is_said_why() -> None:
    made, said = record(LongerLover())
    found = standing(made, said.judge, said.model, CRITERION, BAR)
    assert found.mark == "refused"
    with pytest.raises(Refused, match="length: ") as refused:
        must_be_admitted(found, CRITERION)
    assert refused.value.code == "uncalibrated"


def test_without_a_record_that_fits_a_score_is_uncalibrated() -> None:
    made, said = record(CAREFUL)
    judge, model = said.judge, said.model
    other = BAR.model_copy(update={"version": "0"})
    for found, words in (
        (standing(None, judge, model, CRITERION, BAR), "No record"),
        (standing(made, judge, "another", CRITERION, BAR), "this is another"),
        (standing(made, "judge.v2@0:0", model, CRITERION, BAR), "judge.v2"),
        (standing(made, judge, model, "tone", BAR), "by tone"),
        (standing(made, judge, model, CRITERION, other), "the bar"),
    ):
        assert found.mark == "uncalibrated" and words in found.why
        with pytest.raises(Refused, match="cannot gate"):
            must_be_admitted(found, CRITERION)


def test_a_record_that_was_edited_by_hand_is_not_believed(tmp_path: Path) -> None:
    made, _ = record(LongerLover())
    path = tmp_path / "r.json"
    write_record(path, made)
    path.write_text(
        path.read_text().replace('"admitted": false', '"admitted": true').replace('"admitted":false', '"admitted":true')
    )
    with pytest.raises(FileError, match="was changed"):
        read_record(path)
    path.write_text("{}")
    with pytest.raises(FileError, match="no record"):
        read_record(path)


def test_a_later_run_is_corrected_by_the_record() -> None:
    made, _ = record(CAREFUL)
    found = made.passing(CRITERION, [(f"c{n % 9}", n % 2 == 0) for n in range(90)], BAR)
    assert isinstance(found, Passing) and found.rate == 0.5 and found.sensitivity > 0.9
    assert not made.passing("tone", [], BAR)
