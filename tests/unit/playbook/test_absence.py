"""A lead's part: the calls of the absent go to others, the overdue are told, the list is short and plain."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.commands import queue_command
from assistant.errors import InputError, UnknownId
from assistant.playbook.absence import reassign
from tests.conftest import here
from tests.unit.playbook.test_scan import INFLOW, NOW
from tests.unit.playbook.town import populate

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def team(desk: Desk, tmp_path: Path) -> Desk:
    """Three calls of RM1, one of RM2, one of RM3."""
    managers = {"C1": "RM1", "C2": "RM1", "C3": "RM1", "C4": "RM2", "C5": "RM3"}
    cases: list[dict[str, Any]] = [
        {**INFLOW, "id": own, "customer": {"rm_id": manager}} for own, manager in managers.items()
    ]
    populate(tmp_path / "data", cases)
    desk.actions.scan(tmp_path / "data", NOW)
    return desk


def held(desk: Desk) -> dict[str, list[str]]:
    """The customers of each manager's open calls."""
    found: dict[str, list[str]] = {}
    for one in desk.actions.store.queue(None, "relationship_manager"):
        found.setdefault(one.manager or "", []).append(one.customer_id)
    return {manager: sorted(customers) for manager, customers in found.items()}


def test_the_calls_of_the_absent_are_shared_out_among_the_others(team: Desk) -> None:
    handed = reassign(team.actions, ["RM1"])
    assert {(one.was, one.manager) for one in handed} == {("RM1", "RM2"), ("RM1", "RM3")}
    assert {manager: len(customers) for manager, customers in held(team).items()} in (
        {"RM2": 3, "RM3": 2},
        {"RM2": 2, "RM3": 3},
    )


def test_a_later_scan_leaves_them_with_whom_they_went_to(team: Desk, tmp_path: Path) -> None:
    reassign(team.actions, ["RM1"], ["RM2"])
    team.actions.scan(tmp_path / "data", NOW)
    assert held(team) == {"RM2": ["C1", "C2", "C3", "C4"], "RM3": ["C5"]}


def test_a_rehearsal_changes_nothing(team: Desk) -> None:
    before = held(team)
    assert len(reassign(team.actions, ["RM1"], dry_run=True)) == 3
    assert held(team) == before


@pytest.mark.parametrize(
    ("absent", "to", "error", "said"),
    [
        (["RM9"], [], UnknownId, "RM9"),
        (["RM1"], ["RM4"], UnknownId, "RM4"),
        (["RM1"], ["RM1"], InputError, "cannot be absent and take calls"),
        (["RM1", "RM2", "RM3"], [], InputError, "Name managers with --to"),
    ],
)
def test_who_is_unknown_or_not_there_takes_no_call(
    team: Desk, absent: list[str], to: list[str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        reassign(team.actions, absent, to)
    assert held(team)["RM1"] == ["C1", "C2", "C3"]


def test_a_manager_who_has_customers_and_no_action_yet_may_take_calls(team: Desk, tmp_path: Path) -> None:
    populate(tmp_path / "more", [{**INFLOW, "id": "C6", "customer": {"rm_id": "RM4"}}])
    object.__setattr__(team.actions, "place", tmp_path / "more")
    assert {one.manager for one in reassign(team.actions, ["RM1"], ["RM4"])} == {"RM4"}


def test_over_the_api_a_lead_sees_the_overdue_and_hands_calls_over(team: Desk) -> None:
    client = here(api(team))
    late = client.get("/api/v1/actions/overdue", params={"as_of": LATER.isoformat()}).json()
    assert {row["customer_id"] for row in late} >= {"C1", "C2", "C3", "C4", "C5"}
    assert client.get("/api/v1/actions/overdue", params={"as_of": NOW.isoformat()}).json() == []
    handed = client.post("/api/v1/actions/reassign", json={"absent": ["RM1"], "to": ["RM3"]}).json()
    assert {(row["was"], row["manager"]) for row in handed} == {("RM1", "RM3")}
    assert client.post("/api/v1/actions/reassign", json={"absent": ["RM9"]}).status_code == 404


def test_the_list_is_plain_and_leaves_out_what_no_longer_fits_into_today(
    team: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(queue_command, "desk_of", lambda given: team)
    cli.main(["queue", "--manager", "RM1", "--as-of", NOW.isoformat()])
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading == "RM1: 3 to call"
    assert [row.split()[0] for row in rows] == ["10:30", "10:45", "11:00"]
    cli.main(["queue", "--manager", "RM1", "--as-of", "2026-11-10T23:00"])
    assert capsys.readouterr().out.splitlines() == ["RM1: 0 to call", "  3 more on another day (--all shows them)"]
    cli.main(["queue", "--overdue", "--as-of", LATER.isoformat()])
    told = capsys.readouterr()
    assert told.out.count("overdue") == 5
    assert told.err.strip() == "Overdue: RM1 3, RM2 1, RM3 1."
