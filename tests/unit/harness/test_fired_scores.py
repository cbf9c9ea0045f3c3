"""Precision and recall of triggers, on answers made by hand and on a scan of made-up people."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from eval.cases.load import load_suite
from tests.unit.harness.made import answered, case_with, room_of, scored


def fired(**by_person: list[str]) -> dict[str, Any]:
    """`"B1-IDLE"` sells, `"B1-IDLE!"` is held back."""
    return {
        "fired": {
            own: [
                {"trigger": t.rstrip("!"), "kind": "sales", "held": "consent" if t.endswith("!") else ""} for t in told
            ]
            for own, told in by_person.items()
        }
    }


@pytest.mark.parametrize(
    ("content", "expected", "values"),
    [
        (
            fired(a=["X"]),
            {"fires": {"a": ["X"], "b": []}},
            {"trigger_recall": 1.0, "trigger_precision": 1.0, "quiet": 1.0},
        ),
        (
            fired(a=["X"], b=["X"]),
            {"fires": {"a": ["X"], "b": []}},
            {"trigger_recall": 1.0, "trigger_precision": 0.5, "quiet": 0.0},
        ),
        (fired(), {"fires": {"a": ["X", "Y"]}}, {"trigger_recall": 0.0, "trigger_precision": None}),
        (fired(a=["Y"]), {"fires": {"a": ["X", "Y"]}}, {"trigger_recall": 0.5, "trigger_precision": 1.0}),
        (fired(a=["X", "Z"]), {"at_least": {"a": ["X"]}}, {"trigger_recall": 1.0}),
        (
            fired(a=["X!"]),
            {"fires": {"a": ["X"]}, "sold": {"a": []}},
            {"trigger_recall": 1.0, "trigger_precision": 1.0, "held_back": 1.0},
        ),
        (
            fired(a=["X"]),
            {"fires": {"a": ["X"]}, "sold": {"a": []}},
            {"trigger_recall": 1.0, "trigger_precision": 1.0, "held_back": 0.0},
        ),
    ],
)
def test_what_fired_is_held_against_what_should(
    desk: Desk, content: Any, expected: Any, values: dict[str, Any]
) -> None:
    scores = scored("triggers", case_with({}, **expected), content, room_of(desk))
    assert {metric: one.value for metric, one in scores.items()} == values


def test_a_payday_that_nobody_knows_is_no_payday(desk: Desk) -> None:
    case = next(case for case in load_suite("playbook", desk_of=lambda: desk).cases if "short-month" in case.id)
    told = answered("scan", case.given, room_of(desk)).content["fired"]
    assert {own: [one["trigger"] for one in found] for own, found in told.items()} == {
        "the 31st falls on the 30th": ["B4-PAYDAY"]
    }


def test_the_town_is_scanned_once_for_all_its_stories(desk: Desk) -> None:
    room = room_of(desk)
    cases = [case for case in load_suite("playbook", desk_of=lambda: desk).cases if "town" in case.given][:3]
    for case in cases:
        [(own, wanted)] = case.expected["at_least"].items()
        assert wanted[0] in {one["trigger"] for one in answered("scan", case.given, room).content["fired"][own]}
    assert len([key for key in room.kept if key.startswith("town")]) == 1
