"""The studio in a real browser: a marketer's day from the scenario to the package, and the page of checks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Reader

from tests.e2e.studio_hand import LIST, PAYLOAD, WIDE, choose, server, small_brief, studio, write  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


def test_the_first_address_is_the_studio_and_says_what_to_do(reader: Reader) -> None:
    page = studio(reader, "/")
    assert page.url == f"{reader.base}/studio"
    expect(page.locator('[data-region="sheet"]')).to_contain_text("Nothing is written yet")
    expect(page.locator("#stop")).to_be_disabled()
    expect(page.locator(".cd-step h2")).to_have_count(3)


def edited(page: Page) -> None:
    """Change the first text under the eyes of the checks, and save it."""
    page.get_by_role("button", name="Edit").first.click()
    words = page.get_by_role("textbox", name="The words")
    expect(words).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" A profit of 9.9% is guaranteed.")
    typed = page.locator(".cd-checked")
    expect(typed.locator(".cd-badge.cd-block")).to_be_visible()
    expect(typed).to_contain_text("9.9%")
    words.fill(words.input_value().replace(" A profit of 9.9% is guaranteed.", "").replace("Reply R", " Reply R"))
    expect(typed.locator(".cd-badge.cd-pass")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator('[data-region="notice"]')).to_contain_text("saved")
    expect(words).to_have_count(0)


def compared(page: Page) -> None:
    """Lay all texts side by side, and away again."""
    for button in page.get_by_role("button", name="Compare").all():
        button.click()
    expect(page.locator(".cd-side")).to_have_count(3)
    expect(page.locator(".cd-side del").first).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".cd-side")).to_have_count(0)


def test_a_marketer_s_day(reader: Reader) -> None:
    """Scenario, customers, words, an edit under the eyes of the checks, two waves; then it is all there again."""
    page = studio(reader)
    page.select_option("#scenario", "B1")
    expect(page.locator("#campaign")).to_have_value("B1-TERM2Y")
    expect(page.locator('[data-region="size-segments-salary"]')).to_contain_text("150")
    page.locator("button.cd-tag", has_text="Lives nearby").click()
    expect(page.locator("button.cd-tag", has_text="Lives nearby")).to_have_attribute("aria-pressed", "true")
    page.locator(".cd-import summary").click()
    page.locator("#list").set_input_files({"name": "may.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    expect(page.locator('[data-region="list"]')).to_contain_text("6 customers on the list")
    expect(page.locator('[data-region="list"]')).to_contain_text("Row 8")
    page.get_by_role("button", name="Choose these segments and ages").click()
    expect(page.locator("#segments input:checked")).to_have_count(1)
    choose(page, "channels", "sms")
    choose(page, "locales", "en")
    expect(page.locator('[data-region="count"]')).to_contain_text("= 3 messages")
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(3)

    edited(page)
    compared(page)
    page.locator('[data-act="tick"]').first.check()
    page.get_by_role("button", name="Add a wave").click()
    expect(page.locator(".cd-waves li")).to_have_count(2)
    page.get_by_role("button", name="Tick all that pass").click()
    expect(page.locator("#submit")).to_have_text("Submit 3 texts")
    page.locator("#submit").click()
    expect(page.locator('[data-region="notice"] [role=alert]')).to_contain_text("Give the package a name")
    page.locator("#package-name").fill(PAYLOAD[:100])
    page.select_option("#package-criterion", "clicks")
    page.locator("#submit").click()
    expect(page.locator('[data-region="notice"]')).to_contain_text("3 texts are submitted")
    page.reload()
    expect(page.locator(".cd-variant .cd-badge", has_text="Waits for approval")).to_have_count(3)
    packages = page.request.get(f"{reader.base}/api/v1/packages").json()["items"]
    assert [one["criterion"] for one in packages if one["name"] == PAYLOAD[:100]] == ["clicks"]


def test_a_brief_counts_writes_and_proves_each_figure(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en", "zh-Hans", ages=("25-34", "65+"))
    expect(page.locator('[data-region="count"]')).to_contain_text("= 12 messages")
    expect(page.locator('[data-region="count"]')).to_contain_text("4 combinations are not possible")
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
    page = studio(reader)
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
    page = studio(reader)
    small_brief(page, "en")
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(6)
    last = page.locator(".cd-variant").last
    own = last.get_attribute("data-id")
    last.locator(".cd-toggle").click()
    page.select_option("#filter-channel", "push")
    expect(page.locator(".cd-variant")).to_have_count(3)
    expect(page.locator(f"#proof-{own}")).to_be_visible()
    expect(page.locator(".cd-proof:visible")).to_have_count(1)


def test_the_run_is_taken_away_with_one_click(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en")
    write(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="JSONL").click()
    lines = coming.value.path().read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["channel"] for line in lines} == {"sms", "push"}


def test_nothing_chosen_is_told_before_and_after_write_is_pressed(reader: Reader) -> None:
    page = studio(reader)
    choose(page, "channels")
    expect(page.locator('[data-region="count"]')).to_contain_text("Choose at least one of each")
    page.locator("#write").click()
    expect(page.locator('[data-region="notice"] [role=alert]')).to_contain_text("Something is not chosen.")
    expect(page.locator("#write")).to_be_enabled()


@pytest.mark.parametrize("reader", [{"locale": "zh-HK"}], indirect=True)
def test_a_reader_from_hong_kong_gets_traditional_chinese(reader: Reader) -> None:
    page = studio(reader)
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    expect(page.locator("h1")).to_have_text("寫一檔活動的文案")
    expect(page.locator("#segments")).to_contain_text("薪轉戶")
    small_brief(page, "zh-Hant")
    expect(page.locator('[data-region="count"]')).to_contain_text("= 6 則")
    write(page)
    expect(page.locator(".cd-where").first).to_contain_text("薪轉戶")
    assert page.locator(".cd-text").first.get_attribute("lang") == "zh-Hant"
    page.get_by_role("button", name="修改").first.click()
    before = page.get_by_role("textbox", name="文案", exact=True).input_value()
    page.locator("[data-draft^='wish:']").fill("短一點")
    page.get_by_role("button", name="換個寫法").click()
    told = page.locator("[data-region^='wished-'], [data-region='notice']")
    expect(told.filter(has_text=re.compile("新寫法|沒有別的寫法"))).to_have_count(1)
    assert before
    page.get_by_role("button", name="勾選所有檢查合格的").click()
    page.locator("#package-name").fill("秋季")
    page.locator("#submit").click()
    expect(page.locator('[data-region="notice"]')).to_contain_text("送審")
    expect(page.locator(".cd-variant .cd-badge", has_text="待審").first).to_be_visible()


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
    page = studio(reader)
    small_brief(page, "zh-Hans", "en")
    assert page.evaluate(WIDE) <= 0
    write(page)
    assert page.evaluate(WIDE) <= 0
    page.locator(".cd-fig").first.click()
    expect(page.locator(".cd-claim.cd-on")).to_be_visible()
    for button in page.get_by_role("button", name="对比").all()[:3]:
        button.click()
    expect(page.locator(".cd-side")).to_have_count(3)
    page.get_by_role("button", name="修改").first.click()
    expect(page.locator(".cd-checked .cd-badge")).to_be_visible()
    page.get_by_role("button", name="加一波").click()
    expect(page.locator(".cd-waves li")).to_have_count(2)
    assert page.evaluate(WIDE) <= 0
    reader.open("/check").locator("#text textarea").fill("年利率3.5%，" * 20 + "https://m.islet.example/" + "a" * 80)
    expect(page.locator("#result .cd-badge")).to_be_visible()
    assert page.evaluate(WIDE) <= 0
