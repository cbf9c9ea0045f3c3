"""The queue: worth in time first, the overdue where nothing is late for it, the calls of the absent shared."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.playbook.queue import Capacity, queue, shared

NOW = dt.datetime(2026, 11, 10, 10, 0)


def call(name: str, score: float, due_in: int, manager: str = "RM1") -> Action:
    return Action(
        action_id=name, trigger="G1-INFLOW", scenario="G1", customer_id=name, cause=name, fired_at=NOW,
        due_at=NOW + dt.timedelta(minutes=due_in), action="call", kind="sales", owner="relationship_manager",
        channel="call", product=None, score=score, reasons=(), manager=manager,
    )  # fmt: skip


def in_time(order: tuple[Action, ...]) -> float:
    """The worth of the calls that begin in time, one every fifteen minutes."""
    starts = (NOW + place * dt.timedelta(minutes=15) for place in range(len(order)))
    return sum(one.score for one, at in zip(order, starts, strict=True) if at <= one.due_at)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 90)), min_size=1, max_size=6))
def test_no_other_order_keeps_more_worth_in_time(bank: Pack, given_: list[tuple[int, int]]) -> None:
    assert bank.calendar is not None
    calls = [call(f"c{place}", score, due) for place, (score, due) in enumerate(given_)]
    ours = sum(one.action.score for one in queue(calls, NOW, bank.calendar, Capacity()) if one.state == "on_time")
    assert ours == max(in_time(order) for order in permutations(calls))


def test_an_overdue_call_waits_only_while_another_would_be_late_for_it(bank: Pack) -> None:
    assert bank.calendar is not None
    late, urgent, calm = call("late", 500, -5), call("urgent", 10, 5), call("calm", 10, 200)
    ordered = [one.action.action_id for one in queue([calm, late, urgent], NOW, bank.calendar, Capacity())]
    assert ordered == ["urgent", "late", "calm"]


def test_what_no_longer_fits_into_the_day_is_told_as_tomorrows(bank: Pack) -> None:
    assert bank.calendar is not None
    calls = [call(f"c{n}", n, 2000) for n in range(5)]
    states = [one.state for one in queue(calls, NOW, bank.calendar, Capacity(until=dt.time(10, 45)))]
    assert states == ["on_time"] * 3 + ["tomorrow"] * 2
    assert {one.state for one in queue(calls, NOW, bank.calendar, Capacity(absent=True))} == {"tomorrow"}


def test_the_calls_of_the_absent_go_to_whom_has_least_to_do() -> None:
    calls = [call(f"c{n}", 1, 30, "RM1") for n in range(4)]
    assert sorted(shared(calls, ["RM1"], {"RM2": 3, "RM3": 0}).values()) == ["RM2", "RM3", "RM3", "RM3"]
