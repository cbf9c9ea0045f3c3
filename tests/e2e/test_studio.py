"""The first page in a real browser: write, look at the proof, filter, take away, check a text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Reader

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def choose(page: Page, group: str, *ids: str) -> None:
    """Make these, and only these, the chosen boxes of a group."""
    for box in page.locator(f"#{group} [data-testid=checkbox-group] input").all():
        box.set_checked(box.get_attribute("name") in ids)


def small_brief(page: Page, *locales: str, ages: tuple[str, ...] = ("25-34",)) -> None:
    """The two-year deposit for salary customers over text message and push."""
    field = page.locator("#campaign input")
    field.click()
    field.fill("B1-TERM2Y")
    page.get_by_role("option").filter(has_text="B1-TERM2Y").click()
    choose(page, "segments", "salary")
    choose(page, "ages", *ages)
    choose(page, "channels", "sms", "push")
    choose(page, "locales", *locales)


def write(page: Page) -> None:
    """Press Write and wait until the run is over."""
    page.locator("#write").click()
    expect(page.locator(".cd-progress.cd-finished")).to_be_visible(timeout=60_000)


def test_the_first_address_is_the_studio_and_says_what_to_do(reader: Reader) -> None:
    page = reader.open("/")
    assert page.url == f"{reader.base}/studio"
    expect(page.locator("#sheet")).to_contain_text("Nothing is written yet")
    expect(page.locator("#stop")).to_be_disabled()


def test_a_brief_counts_writes_and_proves_each_figure(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "en", "zh-Hans", ages=("25-34", "65+"))
    expect(page.locator("#count")).to_contain_text("= 12 messages")
    expect(page.locator("#count")).to_contain_text("4 combinations are not possible")
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(12)
    expect(page.locator(".cd-fold summary").last).to_contain_text("4 combinations")
    figure = page.locator(".cd-fig").first
    said, owner = figure.inner_text(), figure.get_attribute("data-owner")
    figure.click()
    claim = page.locator(f"#claim-{owner}-{figure.get_attribute('data-claim')}")
    expect(claim).to_be_visible()
    expect(claim.locator("q")).to_have_text(said)
    expect(claim.locator(".cd-source")).to_have_text(re.compile(r"^(products|campaigns)/\w+\.yaml#[\w.-]+$"))
    expect(claim).to_contain_text(re.compile(r"[0-9a-f]{8}"))
    expect(claim.locator(".cd-says")).not_to_be_empty()
    assert page.locator(".cd-text").first.get_attribute("lang") == "zh-Hans"
    told = page.request.get(f"{reader.base}/api/v1/texts/{owner}").json()
    assert told["makers"] == ["local"], "who had it written must not be able to approve it"


def test_a_figure_is_reached_and_opened_by_keyboard(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "en")
    write(page)
    toggle = page.locator(".cd-toggle").first
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    figure = page.locator(".cd-fig").first
    figure.focus()
    page.keyboard.press("Space")
    expect(page.locator(f"#proof-{figure.get_attribute('data-owner')}")).to_be_visible()


def test_the_filter_narrows_and_keeps_open_what_was_open(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "en")
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(6)
    last = page.locator(".cd-variant").last
    own = last.get_attribute("data-id")
    last.locator(".cd-toggle").click()
    page.locator("#filter-channel input").click()
    page.get_by_role("option", name="Push notification").click()
    expect(page.locator(".cd-variant")).to_have_count(3)
    expect(page.locator(f"#proof-{own}")).to_be_visible()
    expect(page.locator(".cd-proof:visible")).to_have_count(1)


def test_the_run_is_taken_away_with_one_click(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "en")
    write(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="JSONL").click()
    lines = coming.value.path().read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["channel"] for line in lines} == {"sms", "push"}


def test_nothing_chosen_is_told_before_and_after_write_is_pressed(reader: Reader) -> None:
    page = reader.open("/studio")
    choose(page, "channels")
    expect(page.locator("#count")).to_contain_text("Choose at least one of each")
    page.locator("#write").click()
    expect(page.locator("#progress [role=alert]")).to_contain_text("Something is not chosen.")
    expect(page.locator("#write")).to_be_enabled()


def test_a_payload_in_the_note_changes_nothing(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "en")
    page.locator("#note textarea").fill(PAYLOAD)
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(6)
    assert page.locator("#sheet script, #sheet img").count() == 0


def test_a_payload_in_a_checked_text_is_shown_as_text(reader: Reader) -> None:
    page = reader.open("/check")
    page.locator("#text textarea").fill(PAYLOAD)
    expect(page.locator("#result .cd-text")).to_have_text(PAYLOAD)
    assert page.locator("#result script, #result img").count() == 0


def test_a_checked_text_shows_findings_with_law_and_claims_with_facts(reader: Reader) -> None:
    page = reader.open("/check")
    page.locator("#text textarea").fill("云渚两年定期存款，年利率3.5%，50元起存。")
    result = page.locator("#result")
    expect(result.locator(".cd-badge.cd-block")).to_be_visible()
    expect(result.locator(".cd-finding", has_text="FIG-WRONG").locator(".cd-law")).to_contain_text("广告法")
    expect(result.locator(".cd-text")).to_have_attribute("lang", "zh-Hans")
    wrong = result.locator(".cd-claim", has_text="3.5%")
    expect(wrong.locator(".cd-says")).to_have_text("2.2%")
    result.locator(".cd-fig", has_text="50元").click()
    expect(result.locator(".cd-claim.cd-on")).to_contain_text("TD-24M")


@pytest.mark.parametrize("reader", [{"locale": "zh-HK"}], indirect=True)
def test_a_reader_from_hong_kong_gets_traditional_chinese(reader: Reader) -> None:
    page = reader.open("/studio")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    expect(page.locator("h1")).to_have_text("寫一檔活動的文案")
    expect(page.locator("#segments")).to_contain_text("薪轉戶")
    small_brief(page, "zh-Hant")
    expect(page.locator("#count")).to_contain_text("= 6 則")
    write(page)
    expect(page.locator(".cd-where").first).to_contain_text("薪轉戶")
    assert page.locator(".cd-text").first.get_attribute("lang") == "zh-Hant"


def test_the_language_is_chosen_and_kept(reader: Reader) -> None:
    page = reader.open("/check")
    page.get_by_role("link", name="简体").click()
    expect(page.locator("h1")).to_have_text("检查一条文案")
    assert page.url == f"{reader.base}/check"
    reader.open("/studio")
    expect(page.locator("h1")).to_have_text("写一场活动的文案")


def test_the_theme_is_chosen_and_kept(reader: Reader) -> None:
    page = reader.open("/studio")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-theme-toggle]").click()
    expect(page.locator("[data-theme-toggle]")).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    page.locator(".cd-heading").wait_for()
    assert page.evaluate(ground) == dark and page.locator("body.dark").count() == 1


@pytest.mark.parametrize("reader", [{"width": 390, "height": 844, "locale": "zh-CN"}], indirect=True)
def test_a_phone_shows_everything_without_scrolling_sideways(reader: Reader) -> None:
    page = reader.open("/studio")
    small_brief(page, "zh-Hans", "en")
    write(page)
    assert page.evaluate(WIDE) <= 0
    page.locator(".cd-fig").first.click()
    expect(page.locator(".cd-claim.cd-on")).to_be_visible()
    assert page.evaluate(WIDE) <= 0
    reader.open("/check").locator("#text textarea").fill("年利率3.5%，" * 20 + "https://m.islet.example/" + "a" * 80)
    expect(page.locator("#result .cd-badge")).to_be_visible()
    assert page.evaluate(WIDE) <= 0
