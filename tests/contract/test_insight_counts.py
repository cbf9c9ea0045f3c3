"""What happened is counted the same on SQLite and on PostgreSQL: by day, by reason, by manager, of no customer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.domain.action import Suppressed
from assistant.domain.result import Result
from assistant.store.actions import ActionStore
from assistant.store.database import Database
from assistant.store.exports import ExportStore
from assistant.store.insight_texts import TextCounts
from assistant.store.insight_touches import Due, TouchCounts
from assistant.store.results import ResultStore
from assistant.store.schema import runs
from tests.contract.happened import call, decide, export, finding, item, keep, write
from tests.contract.rows import CELL, NOW

DAY = dt.timedelta(days=1)
FIRST = NOW.replace(hour=0, minute=0, second=0, microsecond=0) - 2 * DAY
BOUNDS = [FIRST + place * DAY for place in range(4)]
"""Three days, the last of them NOW's."""
LOCAL = NOW.replace(tzinfo=None, microsecond=0)
OTHER = CELL.model_copy(update={"channel": "push"})


def test_texts_are_counted_on_the_day_when_their_run_began(database: Database) -> None:
    write(database, "r1", "a", "b")
    write(database, "r2", "c")
    with database.begin() as connection:
        for run, begun in (("r1", BOUNDS[1]), ("r2", BOUNDS[3])):
            connection.execute(runs.update().where(runs.c.id == run).values(begun_at=begun))
    counts = TextCounts(database)
    assert counts.written(BOUNDS) == [0, 2, 0], "a run of the day after the span is none of its"
    assert counts.written(BOUNDS, "B1-TERM2Y") == [0, 2, 0]
    assert counts.written(BOUNDS, "B5-MONTHEND") == [0, 0, 0]


def test_decisions_are_counted_by_act_and_day_of_a_campaign_or_of_all(database: Database) -> None:
    keep(database, item("a", "approved"), item("b", "approved", cell=CELL.model_copy(update={"campaign": "B3-SALARY"})))
    decide(database, "a", "submit", BOUNDS[0])
    decide(database, "a", "approve", BOUNDS[1] - dt.timedelta(microseconds=1), 2)
    decide(database, "b", "approve", BOUNDS[1])
    decide(database, "b", "release", BOUNDS[3], 2)
    counts = TextCounts(database)
    assert counts.decided(("submit", "approve", "release"), BOUNDS) == {
        "submit": [1, 0, 0], "approve": [1, 1, 0], "release": [0, 0, 0],
    }  # fmt: skip
    assert counts.decided(("approve",), BOUNDS, "B3-SALARY") == {"approve": [0, 1, 0]}


def test_an_approval_waited_since_the_last_submission_before_it(database: Database) -> None:
    keep(database, item("a", "approved"))
    for version, (act, hours) in enumerate((("submit", 0), ("ask", 1), ("submit", 5), ("approve", 7)), 1):
        decide(database, "a", act, FIRST + dt.timedelta(hours=hours), version)  # type: ignore[arg-type]
    decide(database, "b", "approve", FIRST)
    counts = TextCounts(database)
    assert counts.waits(BOUNDS[0], BOUNDS[3]) == [7200.0], "what was never submitted waited for nothing"
    assert counts.waits(BOUNDS[0], BOUNDS[3], "B1-TERM2Y") == [7200.0]
    assert counts.waits(BOUNDS[1], BOUNDS[3]) == counts.waits(BOUNDS[1], BOUNDS[3], "B1-TERM2Y") == []
    assert counts.waits(BOUNDS[0], BOUNDS[3], "B3-SALARY") == []


def test_objections_are_counted_by_text_and_reasons_by_decision(database: Database) -> None:
    twice = [finding("FIG-WRONG", "block"), finding("FIG-WRONG", "block"), finding("STYLE", "warn")]
    write(database, "r1", "a", verdict="block", findings=twice)
    write(database, "r2", "b")
    counts, far = TextCounts(database), NOW + 3650 * DAY
    assert counts.objections(FIRST - 3650 * DAY, far) == ({("FIG-WRONG", "block"): 1, ("STYLE", "warn"): 1}, 1)
    assert counts.objections(far, far + DAY) == ({}, 0)
    decide(database, "a", "reject", NOW, reason="law")
    decide(database, "a", "ask", NOW, 2, reason="law")
    decide(database, "a", "reject", BOUNDS[0] - DAY, 3, reason="tone")
    keep(database, item("a", "rejected"))
    for campaign in (None, "B1-TERM2Y"):
        told = sorted(counts.sent_back(BOUNDS[0], BOUNDS[3], campaign))
        assert told == [("ask", "law", 1), ("reject", "law", 1)]
    assert counts.sent_back(BOUNDS[0], BOUNDS[3], "B5-MONTHEND") == []


def test_released_texts_are_counted_by_segment_and_age_or_channel(database: Database) -> None:
    keep(database, item("a", "released"), item("b", "released", cell=OTHER), item("c", "approved"))
    counts = TextCounts(database)
    assert counts.released("age") == {("salary", "35-44"): 2}
    assert counts.released("channel") == {("salary", "sms"): 1, ("salary", "push"): 1}
    assert counts.released("age", "B5-MONTHEND") == {}


def test_exports_stand_on_their_day_with_their_texts_and_a_cancelled_one_on_none(database: Database) -> None:
    keep(database, item("a", "released"), item("b", "released", cell=OTHER))
    store = ExportStore(database)
    for one in (
        export("e1", "done", NOW, "a", "b", per_customer=True),
        export("e2", "scheduled", NOW - DAY, "b"),
        export("e3", "cancelled", NOW, "a"),
        export("e4", "scheduled", BOUNDS[3], "a"),
    ):
        store.put(one, NOW, "mei", "export", {})
    found, cut = TouchCounts(database).leaving(BOUNDS[0], BOUNDS[3])
    told = [(one.id, one.at, one.stand, one.own, one.rows, one.texts) for one in found]
    sms, push = ("B1-TERM2Y", "sms"), ("B1-TERM2Y", "push")
    assert not cut and told == [
        ("e2", NOW - DAY, "scheduled", False, 7, {push: 1}),
        ("e1", NOW, "done", True, 7, {sms: 1, push: 1}),
    ]
    assert TouchCounts(database).leaving(BOUNDS[0], BOUNDS[3], "B5-MONTHEND") == ([], False)


def test_experiments_come_the_newest_first(database: Database) -> None:
    keep(database, item("a", "released"))
    for own, experiment, ran in (("e1", "may", NOW), ("e2", "june", NOW + DAY), ("e3", "may", NOW - DAY)):
        made = export(own, "done", NOW, "a", rollout={"experiment": experiment})
        ExportStore(database).put(made.model_copy(update={"ran_at": ran}), NOW, "mei", "export", {})
    assert TouchCounts(database).experiments() == ["june", "may"]
    assert TouchCounts(database).experiments("B5-MONTHEND") == []


def test_what_was_sent_is_summed_by_day_and_channel_within_the_days(database: Database) -> None:
    write(database, "r", "a", "b")
    keep(database, item("a", "released"), item("b", "released", cell=OTHER))
    today = NOW.date()
    rows = [
        Result(item="a", day=today, sent=100, clicks=9), Result(item="b", day=today, exposures=40),
        Result(item="a", day=today - DAY, sent=11, clicks=1),
    ]  # fmt: skip
    store = ResultStore(database)
    store.keep("hub", rows, "mei", NOW)
    sent = TouchCounts(database).sent
    assert sorted(sent(today, today)) == [(today, "push", 40), (today, "sms", 100)]
    assert sent(today - DAY, today - DAY, "B5-MONTHEND") == []
    (total,) = store.counted((), (today, today))
    assert (total["sent"], total["clicks"]) == (100, 9)


@pytest.fixture
def calls(database: Database) -> TouchCounts:
    """Calls of two managers: one made in time, one late, one missed, one with time left, one held back."""
    hour = dt.timedelta(hours=1)
    held = call("held", LOCAL).model_copy(update={"suppressed": Suppressed(by="consent", why="no")})
    given = [
        call("kept", LOCAL - DAY), call("late", LOCAL - DAY, "RM2"), call("missed", LOCAL - hour), held,
        call("waiting", LOCAL + hour, "RM2"), call("sms", LOCAL, owner="campaign"), call("old", LOCAL - 9 * DAY),
    ]  # fmt: skip
    store = ActionStore(database)
    store.merge(given)
    store.record(given[0], "no_answer", "", "lin", LOCAL - DAY - hour)
    store.record(given[0], "bought", "", "lin", LOCAL)
    store.record(given[1], "reached", "", "wu", LOCAL)
    return TouchCounts(database)


def test_a_call_is_kept_by_the_first_thing_that_came_of_it(calls: TouchCounts) -> None:
    span = ((LOCAL - 3 * DAY).date(), (LOCAL + DAY).date())
    whole = ("trigger", "relationship_manager", *span, LOCAL)
    assert calls.kept(*whole) == [Due("G1-INFLOW", kept=1, late=1, missed=1, waiting=1)]
    assert calls.kept(*whole, {"RM1"}) == [Due("G1-INFLOW", kept=1, late=0, missed=1, waiting=0)]
    assert calls.kept(*whole, frozenset()) == []
    assert calls.kept(*whole, None, ["B1-CONVERT"]) == []
    by_manager = calls.kept("manager", *whole[1:])
    assert [(one.key, one.kept, one.late) for one in by_manager] == [("RM1", 1, 0), ("RM2", 0, 1)]


def test_what_is_due_is_counted_by_day_and_owner_of_the_managers_asked_for(calls: TouchCounts) -> None:
    day, before = LOCAL.date(), (LOCAL - DAY).date()
    owners = ("relationship_manager", "campaign")
    assert sorted(calls.due(owners, before, day)) == [
        (before, "relationship_manager", False, 2),
        (day, "campaign", True, 1),
        (day, "relationship_manager", True, 2),
    ]
    assert sorted(calls.due(owners, before, day, {"RM2"})) == [
        (before, "relationship_manager", False, 1),
        (day, "relationship_manager", True, 1),
    ]


def test_no_question_reads_a_whole_table(database: Database) -> None:
    """The plans of SQLite name an index wherever they go through a table."""
    if not database.url.startswith("sqlite"):
        pytest.skip("PostgreSQL reads small tables whole, whatever indexes they have")
    from sqlalchemy import event

    asked: list[tuple[str, Any]] = []
    engine = database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    texts, touches = TextCounts(database), TouchCounts(database)
    day = NOW.date()
    for campaign in (None, "B1-TERM2Y"):
        texts.written(BOUNDS, campaign)
        texts.decided(("submit", "approve"), BOUNDS[:2], campaign)
        texts.waits(BOUNDS[0], BOUNDS[3], campaign)
        texts.objections(BOUNDS[0], BOUNDS[3], campaign)
        texts.sent_back(BOUNDS[0], BOUNDS[3], campaign)
        texts.released("age", campaign)
        touches.leaving(BOUNDS[0], BOUNDS[3], campaign)
        touches.sent(day, day, campaign)
        touches.experiments(campaign)
    touches.due(("relationship_manager",), day, day)
    touches.kept("trigger", "relationship_manager", day, day, LOCAL)
    statements = [(sql, given) for sql, given in asked if sql.lstrip().upper().startswith("SELECT")]
    tables = "runs drafts decisions items exports export_items results actions outcomes".split()
    with database.reading() as connection:
        plans = [
            (step[3], sql)
            for sql, given in statements
            for step in connection.exec_driver_sql(f"explain query plan {sql}", given)
        ]
    whole = [(step, sql) for step, sql in plans if any(step.startswith(f"SCAN {table}") for table in tables)]
    assert statements and whole == []
    assert any("decisions_by_item" in step for step, _sql in plans), "submissions are found by their text, not by time"
