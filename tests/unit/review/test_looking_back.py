"""Spans of days, waiting times, objections, and whose calls are told to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.domain.item import Act
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import Forbidden
from assistant.review.insights.calls import Calls
from assistant.review.insights.months import Calendar
from assistant.review.insights.reach import Reach
from assistant.review.insights.span import Span, lately, month_of
from assistant.review.insights.viewing import view_of
from assistant.review.insights.work import Work
from assistant.store.insight_touches import Due, Leaving

ZONE = "Asia/Shanghai"
NOW = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
"""One in the morning of the 23rd where the bank is."""
SPAN = lately(7, NOW, ZONE)
LEAD = Person(login="leo", name="Leo", roles=("lead",), team="east")
MARKETER = Person(login="mei", name="Mei", roles=("marketer", "rm"), manager="RM1")


def test_the_last_days_end_on_the_institutions_own_day() -> None:
    assert SPAN.days == (dt.date(2026, 11, 17), dt.date(2026, 11, 23)) and SPAN.step == 1
    assert SPAN.since == dt.datetime(2026, 11, 16, 16, tzinfo=dt.UTC)
    assert SPAN.until == dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC)
    assert len(SPAN.starts) == 7 and len(SPAN.bounds) == 8


def test_a_long_span_goes_by_week_and_its_pieces_leave_nothing_out() -> None:
    span = lately(90, NOW, ZONE)
    assert span.step == 7 and span.starts[0] == span.first and span.starts[-1] == span.last - dt.timedelta(days=6)
    assert list(span.starts) == sorted(set(span.starts)) and len(span.starts) == 13
    assert month_of(dt.date(2026, 2, 11), ZONE).days == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert month_of(dt.date(2026, 12, 31), ZONE).days == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


@dataclass
class Texts:
    """A store that says what it is told to say."""

    seconds: list[float] = field(default_factory=list)

    def written(self, bounds: Sequence[dt.datetime], campaign: str | None = None) -> list[int]:
        return [10] * (len(bounds) - 1)

    def decided(
        self, acts: Sequence[Act], bounds: Sequence[dt.datetime], campaign: str | None = None
    ) -> dict[str, list[int]]:
        return {act: [6] * (len(bounds) - 1) for act in acts}

    def waits(self, since: dt.datetime, until: dt.datetime, campaign: str | None = None) -> list[float]:
        return self.seconds

    def objections(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[dict[tuple[str, str], int], int]:
        return {("A", "warn"): 2, ("B", "block"): 5}, 6

    def sent_back(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> list[tuple[str, str, int]]:
        return [("ask", "tone", 1), ("reject", "law", 3)]

    def released(self, across: str, campaign: str | None = None) -> dict[tuple[str, str], int]:
        return {("salary", "35-44"): 3}


def test_nine_of_ten_approvals_came_within_the_time_that_is_told() -> None:
    found = Work(Texts([float(n) for n in range(1, 102)])).waiting(SPAN)
    assert (found.of, found.median, found.p90) == (101, dt.timedelta(seconds=51), dt.timedelta(seconds=91))
    alone = Work(Texts([7.0])).waiting(SPAN)
    assert alone.median == alone.p90 == dt.timedelta(seconds=7)
    assert Work(Texts()).waiting(SPAN).median is None


def test_objections_are_shares_with_intervals_the_most_frequent_first() -> None:
    found = Work(Texts()).objections(SPAN)
    assert [(one.key, one.kind, one.count, one.of) for one in found.rules] == [
        ("B", "block", 5, 10),
        ("A", "warn", 2, 10),
    ]
    assert [(one.key, one.count, one.of) for one in found.reasons] == [("law", 3, 4), ("tone", 1, 4)]
    assert (found.texts, found.written, found.back, found.decided) == (6, 10, 4, 10)
    assert found.rules[0].share.low < 0.5 < found.rules[0].share.high
    assert Work(Texts()).volume(SPAN).total("write") == 70


@dataclass
class People:
    """Customers of two groups."""

    def sizes(self, by: Sequence[str], where: Any, now: dt.datetime) -> list[dict[str, Any]]:
        rows = [{"segment": "salary", "age": "35-44", "size": 40}, {"segment": "salary", "age": "45-54", "size": "<5"}]
        return rows if "age" in by else [{"segment": "salary", "size": 43}]

    def pressure(self, now: dt.datetime) -> Any:
        return None


def test_a_group_with_customers_and_without_a_text_is_bare_and_one_that_is_not_meant_is_not(bank: Pack) -> None:
    found = Reach(bank, Texts(), People()).coverage("age", NOW)
    assert found.squares["salary", "35-44"].texts == 3 and not found.squares["salary", "35-44"].bare
    assert found.bare == [("salary", "45-54")] and found.segments["salary"] == 43
    assert not found.squares["senior", "18-24"].meant
    nobody = Reach(bank, Texts(), None).coverage("channel", NOW)
    assert nobody.bare == [] and set(nobody.segments.values()) == {None}
    assert set(nobody.columns) == set(bank.channels)


@dataclass
class Touches:
    """A store of a few calls, which notes whose were asked for."""

    asked: list[Any] = field(default_factory=list)

    def kept(
        self, by: str, owner: str, first: dt.date, last: dt.date, now: dt.datetime,
        managers: Collection[str] | None = None, triggers: Collection[str] | None = None,
    ) -> list[Due]:  # fmt: skip
        self.asked.append((by, owner, managers, triggers, now))
        return [Due("G1-INFLOW", kept=30, late=2, missed=1, waiting=0), Due("B2", kept=1, late=0, missed=2, waiting=3)]

    def leaving(
        self, since: dt.datetime, until: dt.datetime, campaign: str | None = None
    ) -> tuple[list[Leaving], bool]:
        texts = {("B1-TERM2Y", "sms"): 2, ("B1-TERM2Y", "push"): 1}
        late = dt.datetime(2026, 11, 22, 16, 30, tzinfo=dt.UTC)
        return [Leaving("e", late, "done", True, 3, texts), Leaving("f", late, "scheduled", True, 0, texts)], False

    def sent(self, first: dt.date, last: dt.date, campaign: str | None = None) -> list[tuple[dt.date, str, int]]:
        return [
            (dt.date(2026, 11, 20), "sms", 9),
            (dt.date(2026, 11, 20), "push", 400),
            (dt.date(2026, 11, 21), "sms", 0),
        ]

    def due(
        self, owners: Sequence[str], first: dt.date, last: dt.date,
        managers: Collection[str] | None = None, triggers: Collection[str] | None = None,
    ) -> list[tuple[dt.date, str, bool, int]]:  # fmt: skip
        self.asked.append(("due", managers, triggers))
        day = dt.date(2026, 11, 23)
        return [(day, "relationship_manager", True, 3), (day, "relationship_manager", False, 4)]


def test_a_lead_counts_the_teams_calls_each_one_and_by_manager(bank: Pack) -> None:
    store = Touches()
    view = view_of(LEAD, frozenset({"RM1", "RM2"}))
    whole, by_trigger = Calls(bank, store).kept(SPAN, view, NOW)
    assert (whole.of, whole.kept, whole.missed, whole.waiting) == (36, 31, 3, 3)
    assert whole.share is not None and whole.share.value == pytest.approx(31 / 36)
    assert by_trigger[1].of == 3 and by_trigger[1].share is not None
    assert Calls(bank, store).by_manager(SPAN, view, NOW)
    assert {one[2] for one in store.asked} == {frozenset({"RM1", "RM2"})}
    assert store.asked[0][4] == dt.datetime(2026, 11, 23, 1), "due times are the institution's own"


def test_others_are_told_of_the_whole_house_few_as_few_and_no_manager(bank: Pack) -> None:
    store = Touches()
    view = view_of(MARKETER, frozenset({"RM1"}))
    _whole, by_trigger = Calls(bank, store).kept(SPAN, view, NOW)
    assert (by_trigger[1].of, by_trigger[1].missed, by_trigger[1].share) == ("<5", "<5", None)
    assert store.asked[0][2] is None
    with pytest.raises(Forbidden):
        Calls(bank, store).by_manager(SPAN, view, NOW)


def test_a_lead_without_a_team_sees_no_call(bank: Pack) -> None:
    assert view_of(LEAD, frozenset()).managers == frozenset()


def test_touches_stand_on_the_institutions_day_and_few_people_are_told_as_few(bank: Pack) -> None:
    view = view_of(MARKETER, frozenset())
    found = Calendar(bank, Touches(), 10).month(month_of(dt.date(2026, 11, 1), ZONE), view)
    assert set(found.days) == {dt.date(2026, 11, day) for day in (20, 23)}, "nobody was sent anything on the 21st"
    done, scheduled = found.days[dt.date(2026, 11, 23)].leaving
    assert (done.at, done.channels, done.texts, done.customers) == (dt.time(0, 30), ("push", "sms"), 3, "<5")
    assert scheduled.customers is None, "nobody knows yet"
    assert found.days[dt.date(2026, 11, 20)].sent == {"sms": "<10", "push": 400}
    (acting,) = found.days[dt.date(2026, 11, 23)].acting
    assert (acting.due, acting.still) == (7, "<5")


def test_a_campaigns_calls_are_those_of_its_triggers(bank: Pack) -> None:
    store, view = Touches(), view_of(LEAD, None)
    campaign = next(one.campaign for one in bank.triggers.values() if one.campaign)
    Calls(bank, store).kept(SPAN, view, NOW, campaign)
    assert store.asked[0][3] == [own for own, one in bank.triggers.items() if one.campaign == campaign]


def test_a_span_may_be_a_day() -> None:
    day = dt.date(2026, 11, 23)
    assert Span(day, day, ZONE).starts == (day,) and len(Span(day, day, ZONE).bounds) == 2
