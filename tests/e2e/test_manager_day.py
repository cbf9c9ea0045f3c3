"""A manager's morning in a real browser: the clock is the server's, a call is logged once, nothing typed is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from eval.people.stories import AS_OF
from tests.conftest import BANK, QUICK
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # a customer's tables are read at each call, which takes a while on a busy machine

MOMENT = "2026-11-10T02:42:00+00:00"
"""12 minutes after the sample's morning was scanned: six are left for the call that its inflow asks for."""
PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"
INFLOW, OUTFLOW, COMPLAINTS = "C0151", "C0154", "C0153"


@dataclass(frozen=True)
class Morning:
    """The served desk, and its folder."""

    base: str
    home: Path

    def outcomes(self) -> list[tuple[str, str, str]]:
        """What was logged: customer, outcome, note."""
        desk = Desk(Settings(home=self.home, **QUICK))
        found = [(one["customer"], one["outcome"], one["note"]) for one in desk.actions.store.outcomes()]
        desk.database.close()
        return found


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Morning]:
    """Managers of the sample bank at work, with what a scan of its morning found."""
    home: Path = tmp_path_factory.mktemp("calling")
    shutil.copytree(index, home / "index")
    desk = Desk(Settings(home=home, data=str(BANK / "sample"), **QUICK))
    desk.actions.scan(BANK / "sample", AS_OF)
    for name in ("zhou", "xu", "chen", "lin"):
        hire(desk, name, "rm", manager=f"rm-{name}", team="east")
    hire(desk, "lea", "lead", team="*")
    desk.database.close()
    with served(home, index, MOMENT, COPYDESK_DATA=str(BANK / "sample"), **QUICKLY) as base:
        yield Morning(base, home)


def row(page: Page, customer: str, trigger: str) -> str:
    """The id of a customer's call, which is then open."""
    page.locator(".cd-queue > li", has_text=trigger).first.locator("button").click()
    expect(page.locator(".cd-who-is-called")).to_contain_text(customer)
    expect(page.locator(".cd-script")).to_be_visible()
    return str(page.locator("[data-call]").get_attribute("data-call"))


def seconds(told: str) -> int:
    total = 0
    for part in told.split(":"):
        total = total * 60 + int(part)
    return total


def test_a_manager_calls_and_logs_once_by_key_whatever_the_browsers_clock_says(
    morning: Morning, chromium: Browser
) -> None:
    with at_desk(chromium, morning.base, "zhou") as reader:
        # The clock runs twenty-seven years late, and jumps.
        reader.page.clock.set_fixed_time("1999-01-01T00:00:00")
        page = reader.open("/calls")
        expect(page.locator(".cd-who-is-called")).to_contain_text(INFLOW)
        time = page.locator(".cd-queue [data-time]").first
        left = seconds(time.inner_text())
        assert 120 < left <= 360
        reader.page.clock.set_fixed_time("2099-01-01T00:00:00")
        expect(time).not_to_have_text(f"{left // 60:02}:{left % 60:02}")
        assert left - 60 < seconds(time.inner_text()) < left
        expect(page.locator(".cd-shares text")).to_have_text(["20%", "40%", "40%"])
        expect(page.locator(".cd-plan tbody")).to_contain_text("CNY 80,000")
        page.locator("[data-tick='0']").check()
        expect(page.locator("[data-progress]")).to_have_text("1 of 7 said")
        page.locator("[data-change='5']").click()
        page.locator("[data-words='5']").fill("这款产品保本保息，稳赚不赔。")
        expect(page.locator("[data-region='said-5'] .cd-badge")).to_have_text("Blocked")
        expect(page.locator("[data-region='said-5']")).to_contain_text("CN-GUAR")
        page.locator("[data-back='5']").click()
        page.keyboard.press("j")
        expect(page.locator("[data-leave]")).to_contain_text("no outcome yet")
        page.locator("[data-stay]").click()
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-lacks]")).to_have_text("Choose what came of the call.")
        page.keyboard.press("1")
        expect(page.locator("[name=outcome][value=interested]")).to_be_checked()
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-lacks]")).to_have_text("Write a note first.")
        page.keyboard.type("wants the papers; again on Thursday")
        page.locator("[data-log]").dblclick()
        after = page.locator(".cd-after")
        expect(after).to_contain_text("Interested")
        expect(after.locator("[data-message]")).to_contain_text("理财非存款")
        expect(page.locator(".cd-who-is-called")).not_to_contain_text(INFLOW)
        expect(page.locator("[data-key=who]")).to_be_focused()
        expect(page.locator("[data-counted]")).to_have_text("2 calls")
    logged = [one for one in morning.outcomes() if one[0] == INFLOW]
    assert logged == [(INFLOW, "interested", "wants the papers; again on Thursday")]


def test_a_second_window_does_not_log_again_and_keeps_what_was_typed(morning: Morning, chromium: Browser) -> None:
    with at_desk(chromium, morning.base, "xu") as one, at_desk(chromium, morning.base, "xu") as other:
        own = row(one.open("/calls"), OUTFLOW, "outflow")
        page = other.open(f"/calls?item={own}")
        for each, note in ((one.page, "first"), (page, "second")):
            each.locator("[value=reached]").check()
            each.locator("[name=note]").fill(note)
        one.page.locator("[data-log]").click()
        expect(one.page.locator(".cd-after")).to_be_visible()
        page.locator("[data-log]").click()
        expect(page.locator("[data-region=notice]")).to_contain_text("logged in the meantime")
        expect(page.locator("[name=note]")).to_have_value("second")
        assert page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))") is False
        page.locator("[name=note]").fill("")
        page.evaluate("document.querySelector('[name=outcome]:checked').checked = false")
        other.open(f"/calls?item={own}")
        expect(page.locator("[data-closed]")).to_contain_text("Logged: Spoken to (xu).")
    assert [one for one in morning.outcomes() if one[0] == OUTFLOW] == [(OUTFLOW, "reached", "first")]


def test_a_lost_connection_keeps_the_note_and_a_wicked_one_is_shown_as_text(
    morning: Morning, chromium: Browser
) -> None:
    with at_desk(chromium, morning.base, "xu") as reader:
        page = reader.open("/calls")
        own = row(page, COMPLAINTS, "Two complaints")
        page.locator("[value=no_answer]").check()
        page.locator("[name=note]").fill(PAYLOAD)
        page.context.set_offline(True)
        page.locator("[data-log]").click()
        expect(page.locator("[data-lost]")).to_be_visible()
        expect(page.locator("[name=note]")).to_have_value(PAYLOAD)
        page.context.set_offline(False)
        page.locator("[data-log]").click()
        expect(page.locator(".cd-after")).to_be_visible()
        page.locator(f"[data-item='{own}'] button").click()
        expect(page.locator(".cd-noted")).to_have_text(PAYLOAD)
        page.locator("[data-change='1']").click()
        page.locator("[data-words='1']").fill(PAYLOAD)
        expect(page.locator("[data-region='said-1'] .cd-badge")).to_be_visible()
        assert page.locator(".cd-calls script, .cd-calls img").count() == 0
        reader.trouble[:] = [one for one in reader.trouble if "net::ERR_" not in one]


def test_a_countdown_speaks_at_five_minutes_at_one_and_when_it_is_over_and_else_never(
    morning: Morning, chromium: Browser
) -> None:
    with at_desk(chromium, morning.base, "xu") as reader:
        reader.page.clock.install()
        page = reader.open("/calls")
        clock = page.locator(".cd-queue .cd-clock").first
        expect(clock.locator("[data-time]")).to_have_text(re.compile(r"\d\d:\d\d"))
        speaks = page.locator("[data-speaks]")
        # So much is left of the first call whose time is told to the second.
        left = int(float(str(clock.get_attribute("data-left"))))
        page.evaluate(
            "document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true)"
        )
        for until, words in ((400, ""), (290, "in five minutes"), (50, "in one minute"), (-5, "is overdue")):
            now = seconds(clock.locator("[data-time]").inner_text())
            page.route("**/component_server/", lambda route: route.abort())
            page.clock.fast_forward((now - until) * 1000)
            expect(speaks).to_have_text(re.compile(words) if words else "")
        assert left > 400
        expect(clock).to_have_class(re.compile("cd-overdue"))
        # Nothing is asked any more, so what is told of the calls that were cut off is all there.
        page.goto("about:blank")
        reader.trouble[:] = [one for one in reader.trouble if "ERR_FAILED" not in one and "about:blank" not in one]


def test_a_phone_in_traditional_chinese_shows_all_of_it_and_a_reload_keeps_the_call(
    morning: Morning, chromium: Browser
) -> None:
    with at_desk(chromium, morning.base, "chen", locale="zh-TW", width=390, height=844, theme="dark") as reader:
        page = reader.open("/calls")
        expect(page.locator("h1")).to_have_text("電訪")
        expect(page.locator(".cd-script")).to_be_visible()
        first = page.locator("[data-call]").get_attribute("data-call")
        page.keyboard.press("j")
        expect(page.locator("[data-call]")).not_to_have_attribute("data-call", str(first))
        expect(page.locator(".cd-script")).to_contain_text("風險告知")
        own, address = page.locator("[data-call]").get_attribute("data-call"), page.url
        assert f"item={own}" in address and page.evaluate(WIDE) <= 0
        page.locator(".cd-answers summary").click()
        page.locator("[data-change]").first.click()
        assert page.evaluate(WIDE) <= 0
        reader.open(address.removeprefix(morning.base))
        expect(page.locator("[data-call]")).to_have_attribute("data-call", str(own))
        expect(page.locator(f"[data-item='{own}']")).to_have_attribute("aria-current", "true")


def test_another_managers_call_is_not_there_by_its_address(morning: Morning, chromium: Browser) -> None:
    with at_desk(chromium, morning.base, "chen") as reader:
        own = page_item(reader.open("/calls"))
    with at_desk(chromium, morning.base, "lin") as reader:
        page = reader.open(f"/calls?item={own}")
        expect(page.locator("[data-region=call]")).to_contain_text("This call is not there")
        expect(page.locator("[data-tick]")).to_have_count(0)


def page_item(page: Page) -> str:
    return str(page.locator(".cd-queue > li").first.get_attribute("data-item"))


def test_a_lead_hands_over_the_calls_of_who_is_not_there(morning: Morning, chromium: Browser) -> None:
    with at_desk(chromium, morning.base, "lea") as reader:
        page = reader.open("/calls")
        expect(page.locator("[data-region=queue] h2")).to_have_text("The team's calls")
        page.locator(".cd-away summary").click()
        page.locator("[data-absent][value=rm-lin]").check()
        page.locator("[data-takes]").select_option("rm-chen")
        page.locator("[data-rehearse]").click()
        expect(page.locator("[data-region=handed]")).to_contain_text("2 calls would change hands")
        expect(page.locator("[data-absent][value=rm-lin]")).to_be_checked()
        page.locator("[data-hand]").click()
        expect(page.locator("[data-region=handed]")).to_contain_text("2 calls have changed hands")
        expect(page.locator("[data-absent][value=rm-lin]")).to_have_count(0)


def test_the_next_call_is_there_before_it_is_asked_for_and_its_time_runs_meanwhile(
    morning: Morning, chromium: Browser
) -> None:
    with at_desk(chromium, morning.base, "xu") as reader:
        reader.page.clock.install()
        scripts: list[str] = []
        reader.page.on("response", lambda answer: scripts.extend(asked(answer.request, "script")))
        page = reader.open("/calls")
        expect(page.locator(".cd-script")).to_be_visible()
        first, second = (str(page.locator(".cd-queue > li").nth(n).get_attribute("data-item")) for n in (0, 1))
        while second not in scripts:
            page.wait_for_event("response")
        page.context.set_offline(True)
        page.keyboard.press("j")
        expect(page.locator("[data-call]")).to_have_attribute("data-call", second)
        expect(page.locator(".cd-script")).to_be_visible()
        page.clock.fast_forward(20_000)
        page.keyboard.press("k")
        expect(page.locator("[data-call]")).to_have_attribute("data-call", first)
        in_queue, in_call = (seconds(page.locator(f"{one} [data-time]").first.inner_text())
                             for one in (f"[data-item='{first}']", "[data-call]"))  # fmt: skip
        assert abs(in_queue - in_call) <= 2
        page.goto("about:blank")
        reader.trouble[:] = [one for one in reader.trouble if "net::ERR_" not in one and "about:blank" not in one]


def asked(request: Request, name: str) -> list[str]:
    """Whose call a request asks a function about."""
    told = request.post_data_json if request.url.endswith("/component_server/") else {}
    return [told["data"]["item"]] if told.get("fn_name") == name else []
