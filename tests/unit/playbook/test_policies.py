"""What stands between a trigger and its action; the cases stand in policies.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from tests.unit.playbook.town import cases, scanned

CASES = cases("policies.yaml")


@pytest.fixture(scope="module")
def town(bank: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Action]]:
    """All actions of all cases."""
    return scanned(bank, tmp_path_factory.mktemp("town"), CASES)


def policy_of(bank: Pack, action: Action) -> str | None:
    """The policy that suppressed an action, in the cases' words."""
    if action.suppressed is None:
        return None
    assert bank.contact is not None
    if action.suppressed.by in {one.id for one in bank.contact.silences}:
        return "silence"
    return "fraud" if action.suppressed.by in bank.triggers else action.suppressed.by


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_policy_holds_back_what_it_must_and_nothing_else(
    case: dict[str, Any], bank: Pack, town: dict[str, list[Action]]
) -> None:
    mine = [one for one in town[case["id"]] if one.scenario == case["scenario"]]
    assert mine, f"{case['scenario']} did not fire: {case['why']}"
    if "with" in case:
        assert_one_stands([one for one in town[case["id"]] if one.scenario in (case["scenario"], case["with"])], case)
        return
    for action in mine:
        by = policy_of(bank, action)
        if "max_risk" in case and by is None:
            grade = bank.products[action.product].grade if action.product else 0
            assert grade <= int(case["max_risk"][1]), case["why"]
        else:
            assert by == case.get("suppressed_by"), f"{case['why']}: {action.suppressed}"
        if "due_at" in case:
            assert_due(action.due_at, case["due_at"])


def assert_one_stands(both: list[Action], case: dict[str, Any]) -> None:
    """Of two sales one stands, and the other is told which won."""
    held = [one.suppressed.by for one in both if one.suppressed]
    assert len(both) - len(held) == 1, case["why"]
    assert set(held) == {case["suppressed_by"]}, case["why"]


def assert_due(due: dt.datetime, wanted: Any) -> None:
    """A moment, or a span that it lies in."""
    span = wanted if isinstance(wanted, dict) else {"from": wanted, "until": wanted}
    assert dt.datetime.fromisoformat(span["from"]) <= due <= dt.datetime.fromisoformat(span["until"])
