"""Countdowns run while the owner works; names and touches come from the tables, with what was posted beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.domain.working_time import WorkCalendar
from assistant.playbook.countdown import countdown
from assistant.playbook.names import KEPT_S, Names
from assistant.playbook.touches import touches
from tests.unit.playbook.test_queue import call
from tests.unit.playbook.test_scan import INFLOW, NOW
from tests.unit.playbook.town import populate

WEEK = WorkCalendar.model_validate(
    {"owners": {"relationship_manager": {"hours": "09:00-17:30"}}, "holidays": ["2026-11-12"]}
)


@pytest.mark.parametrize(
    ("now", "due", "minutes", "running", "turns"),
    [
        ("2026-11-10T10:45", "2026-11-10T10:50", 5, True, "2026-11-10T17:30"),
        ("2026-11-10T11:00", "2026-11-10T10:50", -10, True, "2026-11-10T17:30"),
        ("2026-11-10T18:00", "2026-11-11T09:20", 20, False, "2026-11-11T09:00"),
        ("2026-11-11T08:59", "2026-11-10T17:00", -30, False, "2026-11-11T09:00"),
        ("2026-11-11T17:30", "2026-11-11T17:30", 0, False, "2026-11-13T09:00"),
        ("2026-11-13T17:00", "2026-11-16T09:30", 60, True, "2026-11-13T17:30"),
    ],
)
def test_working_time_alone_counts(now: str, due: str, minutes: int, running: bool, turns: str) -> None:
    action = call("c", 1, 0).model_copy(update={"due_at": dt.datetime.fromisoformat(due)})
    found = countdown(action, dt.datetime.fromisoformat(now), WEEK)
    assert (found.left, found.running) == (dt.timedelta(minutes=minutes), running)
    assert found.turns_at == dt.datetime.fromisoformat(turns)


def test_a_call_of_years_ago_costs_no_more_than_one_of_two_months_ago() -> None:
    action = call("c", 1, 0).model_copy(update={"due_at": dt.datetime(2001, 1, 1)})
    assert countdown(action, NOW, WEEK).left < -dt.timedelta(days=12)


def test_whoever_never_works_has_no_hour_at_which_time_runs_again() -> None:
    never = WEEK.model_copy(update={"weekend": ("mon", "tue", "wed", "thu", "fri", "sat", "sun")})
    assert countdown(call("c", 1, 30), NOW, never).turns_at is None


def test_names_are_read_for_those_alone_who_are_asked_for_and_read_again_after_a_while(
    bank: Pack, tmp_path: Path
) -> None:
    populate(tmp_path, [{**INFLOW, "id": own, "customer": {"name": f"客户{own}"}} for own in ("C1", "C2")])
    (tmp_path / "managers.csv").write_text("rm_id,name\nRM1,林悦\n", encoding="utf-8")
    now = 0.0
    names = Names(bank, tmp_path, lambda: now)
    assert names.of({"C1", "C9"}) == {"C1": "客户C1", "C9": ""}
    assert names.managers() == {"RM1": "林悦"}
    populate(tmp_path, [{**INFLOW, "customer": {"name": "新名"}}])
    assert names.of(["C1"]) == {"C1": "客户C1"}
    now = KEPT_S + 1
    assert names.of(["C1"]) == {"C1": "新名"}
    assert Names(bank, None).of(["C1"]) == {"C1": ""} and Names(bank, None).managers() == {}


def test_touches_are_the_customers_own_the_newest_first_none_of_the_future_and_none_twice(
    bank: Pack, tmp_path: Path
) -> None:
    def sent(own: str, at: str, kind: str = "touch_sent") -> dict[str, object]:
        return {"event_id": own, "at": at, "kind": kind, "attributes": {"channel": "push"}}

    mine = [sent("a", "2026-11-09T09:00:00"), sent("b", "2026-11-09T10:00:00", "touch_clicked")]
    mine += [sent("c", "2026-11-20T10:00:00"), {"event_id": "d", "at": "2026-11-09T11:00:00", "kind": "purchase"}]
    populate(tmp_path, [{**INFLOW, "events": mine}, {**INFLOW, "id": "C2", "events": mine}])
    posted = [
        {"event_id": own, "kind": "call_made", "at": dt.datetime(2026, 11, 10, hour), "attributes": {}}
        for own, hour in (("C1-a", 9), ("e", 9), ("f", 23))
    ]
    found = [(one.kind, one.at.hour, one.channel) for one in touches(bank, tmp_path, "C1", NOW, posted)]
    assert found == [("call_made", 9, None), ("touch_clicked", 10, "push"), ("touch_sent", 9, "push")]
    assert touches(bank, tmp_path, "C1' or 1=1 --", NOW) == []
