"""Scores from the product's own checks: each can be high and can be low."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from eval.tasks.seam import Room
from tests.unit.harness.made import case_with, judged, room_of, scored

UNLAWFUL = {"text": "这款理财稳赚保本，放心买。", "locale": "zh-Hans", "product": "WM-90D"}
LAWFUL = {"text": "到期的钱可以续存，手机上就能办。", "locale": "zh-Hans"}


@pytest.fixture
def room(desk: Desk) -> Room:
    return room_of(desk)


@pytest.mark.parametrize(("given", "passes"), [(UNLAWFUL, 0.0), (LAWFUL, 1.0)])
@pytest.mark.parametrize("task", ["lint", "text"])
def test_a_text_passes_where_the_gate_lets_it_pass(room: Room, given: dict[str, Any], passes: float, task: str) -> None:
    assert judged("verdict", task, given, room) == {"passes": passes, "clean": passes}


def test_a_warning_passes_but_is_not_clean(room: Room) -> None:
    found = [{"rule": "X", "severity": "warn", "text": "", "start": 0, "end": 0}]
    content = {"text": "a", "verdict": "warn", "findings": found, "claims": []}
    scores = scored("verdict", case_with({}), content, room)
    assert (scores["passes"].value, scores["clean"].value) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("given", "lawful", "metric", "value"),
    [
        (UNLAWFUL, False, "found", 1.0),
        (LAWFUL, False, "found", 0.0),
        (LAWFUL, True, "let_pass", 1.0),
        (UNLAWFUL, True, "let_pass", 0.0),
    ],
)
def test_the_checks_agree_with_a_case_or_not(
    room: Room, given: dict[str, Any], lawful: bool, metric: str, value: float
) -> None:
    assert judged("as_expected", "lint", given, room, lawful=lawful) == {metric: value}


@pytest.mark.parametrize(
    ("given", "flags", "metric", "value"),
    [(UNLAWFUL, True, "flags", 1.0), (LAWFUL, True, "flags", 0.0), (UNLAWFUL, False, "leaves", 0.0)],
)
def test_a_rules_example_is_about_that_rule(
    room: Room, given: dict[str, Any], flags: bool, metric: str, value: float
) -> None:
    assert judged("as_expected", "lint", given, room, rule="CN-GUAR", flags=flags) == {metric: value}
    assert judged("as_expected", "lint", given, room, rule="CN-PII", flags=True) == {"flags": 0.0}


def test_a_missing_warning_does_not_mark_words(room: Room) -> None:
    plain = {"text": "这款理财每季度公布一次。", "locale": "zh-Hans", "product": "WM-90D"}
    assert judged("verdict", "lint", plain, room)["passes"] == 0.0, "it lacks its warning"
    assert judged("in_words", "lint", plain, room) == {"found_in_words": 0.0}
    assert judged("in_words", "lint", UNLAWFUL, room) == {"found_in_words": 1.0}


@pytest.mark.parametrize(
    ("text", "share"),
    [("两年期年利率2.20%。", 1.0), ("两年期年利率2.20%，三年期年利率9.99%。", 0.5), ("请慢慢看。", None)],
)
def test_the_share_of_bound_claims(room: Room, text: str, share: float | None) -> None:
    given = {"text": text, "locale": "zh-Hans", "product": "TD-24M"}
    assert judged("bound", "lint", given, room) == {"bound": share}


def test_what_may_not_be_written_is_neither_good_nor_bad(room: Room) -> None:
    content = {"status": "not_applicable", "why": "CN-SUIT: too risky", "texts": []}
    assert {one.value for one in scored("verdict", case_with({}), content, room).values()} == {None}
    failed = {"status": "failed", "why": "no clauses", "texts": []}
    assert scored("verdict", case_with({}), failed, room)["passes"].value == 0.0
