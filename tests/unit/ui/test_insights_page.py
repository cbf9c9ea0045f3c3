"""The page that looks back, over a small desk: what it shows, to whom, and that what came from outside is text."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.domain.result import Result
from assistant.domain.values import LOCALES, Locale
from assistant.review.insights.viewing import view_of
from assistant.review.results.statistics import Interval
from assistant.store.actions import ActionStore
from assistant.store.exports import ExportStore
from assistant.store.results import ResultStore
from tests.contract.happened import call, decide, export, finding, item, keep, write
from tests.contract.rows import CELL, NOW
from ui.insights.asked import VIEWS, Wish, read
from ui.insights.asking import Asking
from ui.insights.figures import Figures, chance, number, percent
from ui.insights.plots import bar, columns, top_of
from ui.surface import Caller
from ui.words import words_of

EVIL = '"><script>alert(1)</script>'
TODAY = dt.date(2026, 11, 23)
LEAD = Person(login="leo", name="Leo", roles=("lead",), team="east")
MEI = Person(login="mei", name="Mei", roles=("marketer",))


def caller(person: Person = LEAD, *managers: str) -> Caller:
    return Caller(person, frozenset(managers), NOW)


def shown(desk: Desk, who: Caller, locale: Locale = "en", **wish: str) -> str:
    """The view that a wish names."""
    answer = Asking(desk, words_of(locale)).show(who, Wish(**wish))
    return str(answer["regions"]["view"])


def plain(html: str) -> str:
    """What is read of it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk at which something has happened lately, over all that the page counts."""
    database, hour = desk.database, dt.timedelta(hours=1)
    write(database, "r1", "a", "b", verdict="block", findings=[finding("FIG-WRONG", "block")])
    keep(database, item("a", "released"), item("b", "released", cell=CELL.model_copy(update={"channel": "push"})))
    decide(database, "a", "submit", NOW - 9 * hour)
    decide(database, "a", "ask", NOW - 8 * hour, 2, reason="tone")
    decide(database, "a", "submit", NOW - 7 * hour, 3)
    decide(database, "a", "approve", NOW - 5 * hour, 4)
    arms = [{"name": "A", "share": 500, "texts": ["a"]}, {"name": "B", "share": 500, "texts": ["b"]}]
    store = ExportStore(database)
    for own, name in (("e1", "good"), ("e2", "broken")):
        rollout = {"experiment": name, "stage": "ab", "arms": arms}
        store.put(export(own, "done", NOW, "a", "b", per_customer=True, rollout=rollout), NOW, "mei", "export", {})
    store.put(export("e3", "scheduled", NOW + dt.timedelta(days=2), "a"), NOW, "mei", "schedule", {})
    counted = (
        ("good", "A", "a", 1000, 100),
        ("good", "B", "b", 1010, 160),
        ("broken", "A", "a", 1300, 9),
        ("broken", "B", "b", 900, 9),
    )
    rows = [
        Result(item=own, row=f"{name}{arm}", experiment=name, arm=arm, day=TODAY, sent=of, clicks=count)
        for name, arm, own, of, count in counted
    ]
    ResultStore(database).keep("hub", [*rows, Result(item="a", day=dt.date(2025, 1, 1), sent=77_777)], "mei", NOW)
    local = NOW.replace(tzinfo=None) + 8 * hour
    actions = ActionStore(database)
    calls = [call(f"k{n}", local - hour, "RM1") for n in range(8)] + [call("x", local - hour, "RM9")]
    actions.merge(calls)
    for one in calls[:6]:
        actions.record(one, "reached", "", "lin", local - 2 * hour)
    return desk


def test_what_a_wish_leaves_open_is_filled_in_and_the_address_holds_the_rest() -> None:
    plain_one = read(Wish(), TODAY)
    assert (plain_one.view, plain_one.period, plain_one.month) == ("calendar", 30, dt.date(2026, 11, 1))
    assert plain_one.address(TODAY) == {}
    for given in (
        {"view": "results", "period": "7", "campaign": "B1-TERM2Y", "segment": "salary", "by": "age"},
        {"month": "2026-10", "day": "2026-10-05"},
        {"view": "reach", "across": "channel"},
    ):
        assert read(Wish(**given), TODAY).address(TODAY) == given


@pytest.mark.parametrize(
    "given", [{"view": EVIL, "period": "8"}, {"month": "2026-13"}, {"month": "0001-01"}, {"day": "x"}]
)
def test_an_address_that_means_nothing_is_the_usual_one(given: dict[str, str]) -> None:
    assert read(Wish(**given), TODAY).address(TODAY) == {}


def test_a_dimension_that_is_narrowed_is_not_drilled_into_again() -> None:
    assert read(Wish(view="results", segment="salary", by="segment"), TODAY).by == "age"


def test_a_number_says_no_more_than_is_known() -> None:
    assert (number(1234), number("<5"), number(None), percent(None)) == ("1,234", "<5", "–", "–")
    assert (percent(0.1234), percent(0.0123), chance(1e-30), chance(0.5)) == ("12.3%", "1.23%", "< 0.0001", "= 0.5000")


@pytest.mark.parametrize("locale", LOCALES)
def test_days_and_durations_read_as_the_language_writes_them(bank: Pack, locale: Locale) -> None:
    figures = Figures(bank, words_of(locale))
    told = figures.day(TODAY), figures.lasted(dt.timedelta(minutes=12)), figures.lasted(dt.timedelta(days=3))
    assert (
        told
        == {
            "en": ("23 November 2026", "12 min", "3.0 days"),
            "zh-Hans": ("2026年11月23日", "12 分钟", "3.0 天"),
            "zh-Hant": ("2026年11月23日", "12 分鐘", "3.0 天"),
        }[locale]
    )


def test_a_bar_stays_within_its_track_and_has_the_ends_of_its_interval() -> None:
    drawn = str(bar(Interval(0.5, 0.25, 0.75), 1.0))
    assert 'width="50.00"' in drawn and "M25.00 6H75.00" in drawn and 'aria-hidden="true"' in drawn
    assert 'width="100.00"' in str(bar(3.0, 1.0)) and "whisker" not in str(bar(0.5))
    assert top_of([None, Interval(0.1, 0.05, 0.2)]) == pytest.approx(0.204)
    assert str(columns([0, 4], 4, ["a", EVIL])).count("<rect") == 2 and EVIL not in str(columns([4], 4, [EVIL]))


def test_the_month_shows_every_touch_on_its_day(busy: Desk) -> None:
    html = shown(busy, caller(LEAD, "RM1"))
    chosen = plain(html)
    assert "23 November 2026, exports: 2, people reached: 4,210, calls due: 8" in html
    assert "25 November 2026, scheduled: 1" in html
    assert "17:30 ● exported A plan for idle money Push notification · Text message · 2 texts · 7 customers" in chosen
    assert "Relationship manager 8 2" in chosen
    assert "Nothing on this day." in shown(busy, caller(), day="2026-11-09")
    assert "Nothing in this month" in shown(busy, caller(), month="2026-06")


def test_the_work_is_told_with_its_numbers_and_the_same_figures_as_a_table(busy: Desk) -> None:
    now = dt.datetime.now(dt.UTC)
    told = plain(shown(busy, Caller(LEAD, None, now), view="work"))
    assert "Written 2 texts in the period" in told
    then = shown(busy, caller(), view="work")
    assert "Time to approval, median 2.0 h of 1 approvals" in plain(then)
    assert "The tone is wrong changes asked for" in plain(then) and "1 of 2 decisions sent a text back." in plain(then)
    assert then.count('<svg class="cd-plot-columns"') == 4 and "<details" in then and "<caption" in then


def test_a_lead_sees_the_teams_calls_and_others_the_house_without_managers(busy: Desk) -> None:
    lead = plain(shown(busy, caller(LEAD, "RM1"), view="calls"))
    assert "Made in time 75.0%" in lead and "n = 8" in lead and "By manager" in lead and "RM9" not in lead
    house = plain(shown(busy, caller(MEI), view="calls"))
    assert "66.7%" in house and "n = 9" in house and "By manager" not in house and "RM1" not in house
    assert view_of(LEAD, frozenset()).managers == frozenset()
    assert "No call was due" in shown(busy, caller(LEAD), view="calls")


def test_results_are_told_with_intervals_and_drilled_into(busy: Desk) -> None:
    html = shown(busy, caller(), view="results")
    told = plain(html)
    assert "77,777" not in told, "what lies before the period is none of it"
    assert "Sent 4,210" in told and "278 / 4,210" in told
    assert "6.60% (5.89–7.39%)" in told
    assert 'data-wish="segment=salary&amp;by=age"' in html
    deeper = shown(busy, caller(), view="results", segment="salary", by="channel")
    assert 'data-wish="segment=&amp;by=segment"' in deeper and "Text message" in plain(deeper)


def test_arms_are_compared_and_a_broken_sample_is_told(busy: Desk) -> None:
    told = plain(shown(busy, caller(), view="results"))
    good, broken = (told.index(f"Experiment {name}") for name in ("good", "broken"))
    whole = {"good": told[good:], "broken": told[broken:]}
    first = "good" if good < broken else "broken"
    whole[first] = whole[first][: abs(good - broken)]
    assert "B − A +5.8 points (+2.9 to +8.8) A difference" in whole["good"]
    assert "The arms&#39; sizes are not as planned." in whole["broken"] and "points" not in whole["broken"]


def test_coverage_counts_texts_without_a_table_of_customers_and_says_so(busy: Desk) -> None:
    told = plain(shown(busy, caller(), view="reach"))
    assert "The desk knows no table of customers" in told and "Salary customers –" in told


def test_what_comes_from_outside_is_text(busy: Desk) -> None:
    decide(busy.database, "a", "reject", NOW, 9, reason=EVIL)
    local = NOW.replace(tzinfo=None)
    hostile = [call(f"z{n}", local, EVIL).model_copy(update={"trigger": EVIL}) for n in range(2)]
    ActionStore(busy.database).merge(hostile)
    for view in VIEWS:
        for locale in LOCALES:
            html = shown(busy, caller(LEAD, EVIL, "RM1"), locale, view=view, segment=EVIL, campaign="")
            assert "<script" not in html, view
    assert "&lt;script&gt;" in shown(busy, caller(), view="work")


def test_a_campaign_that_is_none_is_told_in_its_place_and_the_filters_stand(busy: Desk) -> None:
    answer = Asking(busy, words_of("en")).show(caller(), Wish(view="work", campaign="B1-TERM2"))
    assert "B1-TERM2Y" in answer["regions"]["view"] and 'role="alert"' in answer["regions"]["view"]
    assert 'data-field="campaign"' in answer["regions"]["filters"] and answer["view"] == "work"


def test_the_page_is_for_those_who_look() -> None:
    assert set(PAGES["/insights"]) == {"marketer", "checker", "lead", "evaluator", "admin"}
