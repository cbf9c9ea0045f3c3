"""Insights in a real browser: the day of who plans, the day of who leads, by key, on a phone, in both themes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.domain.result import Result
from assistant.store.actions import ActionStore
from assistant.store.exports import ExportStore
from assistant.store.results import ResultStore
from tests.conftest import BANK
from tests.contract.happened import call, decide, export, finding, item, keep, write
from tests.contract.rows import CELL
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"
HOUR, SOON = dt.timedelta(hours=1), dt.timedelta(minutes=1)
VIEWS = ("calendar", "work", "reach", "calls", "results")


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """The address of a desk at which something has happened lately, some of it hostile."""
    home = tmp_path_factory.mktemp("insights")
    desk = settled(home, index)
    desk.accounts.add(
        Person(login="leo", name="Leo", roles=("lead",), team="east", manager="RM1"), "seven herons over the lake", "test",
        dt.datetime.now(dt.UTC),
    )  # fmt: skip
    _happen(desk, dt.datetime.now(dt.UTC))
    desk.database.close()
    with served(home, index, **QUICKLY, COPYDESK_DATA=str(BANK / "sample")) as base:
        yield base


def _happen(desk: Desk, now: dt.datetime) -> None:
    database, other = desk.database, CELL.model_copy(update={"channel": "push", "age": "25-34"})
    write(database, "r1", "a", "b", verdict="block", findings=[finding("FIG-WRONG", "block"), finding(PAYLOAD, "warn")])
    keep(database, item("a", "released"), item("b", "released", cell=other))
    decide(database, "a", "submit", now - 5 * HOUR)
    decide(database, "a", "approve", now - 2 * HOUR, 2)
    decide(database, "b", "reject", now - HOUR, 3, reason=PAYLOAD[:40])
    arms = [{"name": "A", "share": 500, "texts": ["a"]}, {"name": "B", "share": 500, "texts": ["b"]}]
    rollout = {"experiment": "may", "stage": "ab", "arms": arms}
    store = ExportStore(database)
    store.put(export("e1", "done", now, "a", "b", per_customer=True, rollout=rollout), now, "mei", "export", {})
    rows = [
        Result(item="a", experiment="may", arm="A", day=now.date(), sent=1000, clicks=100),
        Result(item="b", experiment="may", arm="B", day=now.date(), sent=1010, clicks=160),
    ]
    ResultStore(database).keep("hub", rows, "mei", now)
    local = (now + 8 * HOUR).replace(tzinfo=None)
    calls = [call(f"k{n}", local - SOON, "RM1" if n else PAYLOAD) for n in range(7)]
    actions = ActionStore(database)
    actions.merge([*calls, call("evil", local - SOON, "RM1").model_copy(update={"trigger": PAYLOAD[:40]})])
    for one in calls[:4]:
        actions.record(one, "reached", "", "lin", local - 2 * HOUR)


def test_who_plans_goes_from_the_month_to_what_came_of_it(chromium: Browser, looked_at: str) -> None:
    with at_desk(chromium, looked_at, "marketer") as reader:
        page = reader.open("/insights")
        today = page.locator(".cd-month [aria-current=date]")
        expect(today).to_have_attribute("aria-pressed", "true")
        expect(today).to_have_attribute("aria-label", re.compile("exports: 1, .*calls due: 8"))
        expect(page.locator(".cd-day")).to_contain_text("7 customers")
        page.get_by_role("button", name="Previous month").click()
        expect(page).to_have_url(re.compile("month="))
        page.get_by_role("button", name="Previous month").click()
        expect(page.locator("#insights-view")).to_contain_text("Nothing in this month")
        first = page.locator(".cd-month button").first
        first.click()
        expect(first).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".cd-day")).to_contain_text("Nothing on this day.")
        expect(page).to_have_url(re.compile(r"month=[\d-]+&day=[\d-]+-01$"))
        assert page.evaluate("document.activeElement.dataset.key").startswith("day-")

        page.locator("#tab-calendar").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#tab-work")).to_have_attribute("aria-selected", "true")
        expect(page.locator("#tab-work")).to_be_focused()
        expect(page.locator("#insights-view")).to_have_attribute("aria-labelledby", "tab-work")
        expect(page.locator("#insights-view")).to_contain_text("of 1 approvals")
        expect(page.locator(".cd-plot-columns")).to_have_count(4)
        page.locator("summary").click()
        expect(page.get_by_role("table", name="Texts", exact=True)).to_be_visible()

        page.locator("#tab-work").blur()
        page.keyboard.press("5")
        expect(page.get_by_role("button", name="Salary customers")).to_be_visible()
        expect(page.locator("#insights-view")).to_contain_text("+5.8 points (+2.9 to +8.8)")
        page.get_by_role("button", name="Salary customers").click()
        expect(page.locator("#insights-view")).to_contain_text("Clicked · Age")
        page.locator("[data-field=period]").select_option("7")
        expect(page.get_by_role("button", name="Take back: Salary customers")).to_be_visible()
        expect(page.locator(".cd-insight-filters")).to_contain_text(re.compile(r"\d+ \w+ \d+ – \d+ \w+ \d+"))
        expect(page).to_have_url(re.compile(r"/insights\?view=results&(?=.*period=7)(?=.*segment=salary)"))
        kept = page.url
        page.reload()
        expect(page.get_by_role("button", name="Take back: Salary customers")).to_be_visible()
        assert page.url == kept
        page.get_by_role("button", name="Take back: Salary customers").click()
        expect(page.get_by_role("button", name="Salary customers")).to_be_visible()
        page.locator("[data-field=campaign]").select_option("B6-BIRTHDAY")
        expect(page.locator("#insights-view")).to_contain_text("No result has come")


def test_a_lead_sees_the_teams_calls_by_manager_and_nobody_elses(chromium: Browser, looked_at: str) -> None:
    with at_desk(chromium, looked_at, "leo") as reader:
        page = reader.open("/insights?view=calls")
        expect(page.locator("#insights-view")).to_contain_text("The calls of your team.")
        expect(page.get_by_role("table", name="By manager").locator("tbody tr")).to_have_count(1)
        expect(page.locator("#insights-view")).to_contain_text("n = 7")
    with at_desk(chromium, looked_at, "evaluator") as reader:
        page = reader.open("/insights?view=calls")
        expect(page.locator("#insights-view")).to_contain_text("of nobody in particular")
        expect(page.locator("#insights-view")).to_contain_text("n = 8")
        expect(page.get_by_role("table", name="By manager")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_in_traditional_chinese_shows_every_view_without_scrolling_sideways(
    chromium: Browser, looked_at: str, theme: str
) -> None:
    options = {"locale": "zh-TW", "width": 390, "height": 844, "theme": theme}
    with at_desk(chromium, looked_at, "admin", **options) as reader:
        for view in VIEWS:
            page = reader.open(f"/insights?view={view}")
            expect(page.locator(f"#tab-{view}")).to_have_attribute("aria-selected", "true")
            expect(page.locator("#insights-view")).not_to_have_attribute("aria-busy", "true")
            assert page.evaluate(WIDE) <= 0, view
        expect(page.locator("h1")).to_have_text("數據")
        fill = page.locator(".cd-bar-of").first.evaluate("one => getComputedStyle(one).fill")
        assert fill == {"light": "rgb(127, 151, 230)", "dark": "rgb(95, 119, 201)"}[theme]
        page.goto(f"{looked_at}/insights")
        month, day = (page.locator(one).bounding_box() for one in (".cd-month", ".cd-day"))
        assert month is not None and day is not None and day["y"] > month["y"] + month["height"], (
            "the list stands below"
        )


def test_a_payload_is_text_wherever_it_is_shown(chromium: Browser, looked_at: str) -> None:
    with at_desk(chromium, looked_at, "admin") as reader:
        for view in VIEWS:
            page = reader.open(f"/insights?view={view}&segment={PAYLOAD[:28]}&day={PAYLOAD[:5]}")
            expect(page.locator(f"#tab-{view}")).to_have_attribute("aria-selected", "true")
            assert page.locator("#insights img, #insights script").count() == 0
        page = reader.open("/insights?view=work")
        expect(page.locator("#insights-view")).to_contain_text(PAYLOAD)


def test_an_address_that_the_page_does_not_know_shows_the_usual_view(chromium: Browser, looked_at: str) -> None:
    with at_desk(chromium, looked_at, "checker") as reader:
        page = reader.open("/insights?nonsense=1&view=work")
        expect(page.locator("#tab-calendar")).to_have_attribute("aria-selected", "true")
        assert page.url == f"{looked_at}/insights"
        page.keyboard.press("j")
        expect(page).to_have_url(re.compile(r"month=\d{4}-\d\d"))
        page.keyboard.press("k")
        expect(page).to_have_url(f"{looked_at}/insights")
        page.keyboard.press("?")
        expect(page.locator("[data-help]")).to_contain_text("Next, previous month")


def test_a_manager_has_no_such_page(chromium: Browser, looked_at: str) -> None:
    with at_desk(chromium, looked_at, "rm") as reader:
        answer = reader.page.request.get(f"{looked_at}/insights", headers={"accept": "text/html"})
        assert answer.status == 403 and 'href="/insights"' not in answer.text()
