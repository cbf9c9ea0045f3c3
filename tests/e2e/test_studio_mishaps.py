"""The studio when things go wrong: stopped, pressed twice, composed, pasted, opened seven times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Reader

from tests.e2e.studio_hand import PAYLOAD, WIDE, choose, server, small_brief, studio, write  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


def test_a_run_that_is_stopped_keeps_what_is_finished_and_goes_on(reader: Reader) -> None:
    page = studio(reader)
    page.select_option("#campaign", "B1-TERM2Y")
    expect(page.locator('[data-region="about"]')).to_contain_text("Two-Year")
    for group in ("segments", "ages", "channels", "locales"):
        page.locator(f'[data-act="all"][data-group="{group}"]').click()
    page.locator("#write").click()
    expect(page.locator("#stop")).to_be_enabled()
    page.locator("#stop").click()
    expect(page.locator(".cd-progress.cd-stopped")).to_be_visible(timeout=60_000)
    expect(page.locator("#write")).to_be_enabled()
    stopped = page.locator(".cd-progress progress").get_attribute("value")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#stop")).to_be_enabled()
    page.locator("#stop").click()
    expect(page.locator(".cd-progress.cd-stopped")).to_be_visible(timeout=60_000)
    assert int(page.locator(".cd-progress progress").get_attribute("value") or 0) >= int(stopped or 0)


def test_pressing_twice_writes_once_and_back_leads_back(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en")
    page.locator("#note").fill("shorter")
    page.locator("#write").dblclick()
    expect(page.locator(".cd-progress.cd-finished")).to_be_visible(timeout=60_000)
    kept = page.request.get(f"{reader.base}/api/v1/briefs").json()["items"]
    assert [one["brief"]["note"] for one in kept].count("shorter") == 1
    assert "run=" in page.url
    page.go_back()
    expect(page.locator('[data-region="sheet"]')).to_contain_text("Nothing is written yet")
    page.go_forward()
    expect(page.locator(".cd-variant")).to_have_count(6)
    expect(page.locator("#note")).to_have_value("shorter")
    page.locator(".cd-kept summary").click()
    page.locator('.cd-kept [data-act="open"]').last.click()
    expect(page.locator(".cd-variant").first).to_be_visible()


def test_an_input_method_that_composes_neither_writes_nor_checks(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true})"
    page.locator("#note").evaluate(f"one => one.dispatchEvent({composing})")
    expect(page.locator("#write")).to_be_enabled()
    assert "run=" not in page.url
    write(page)
    page.get_by_role("button", name="Edit").first.click()
    expect(page.locator(".cd-checked")).to_contain_text("Nothing is changed yet")
    field = page.get_by_role("textbox", name="The words")
    field.evaluate(
        "one => { one.value += '保本'; one.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})) }"
    )
    field.evaluate(f"one => one.dispatchEvent({composing})")
    expect(field).to_be_visible()
    expect(page.locator(".cd-checked")).to_contain_text("Nothing is changed yet")
    field.evaluate("one => one.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))")
    expect(page.locator(".cd-checked .cd-badge.cd-block")).to_be_visible()


def test_a_megabyte_is_refused_in_words_and_stays_where_it_was_typed(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en")
    page.locator("#note").fill("长" * 1_000_000)
    expect(page.locator('[data-region="count"]')).to_contain_text("at most 500")
    page.locator("#note").fill("")
    write(page)
    page.get_by_role("button", name="Edit").first.click()
    field = page.get_by_role("textbox", name="The words")
    field.fill("长" * 1_000_000)
    expect(page.locator(".cd-checked")).to_contain_text("1000000 characters; at most 10000")
    page.get_by_role("button", name="Save").click()
    expect(page.locator('[data-region="notice"]')).to_contain_text("at most 10000")
    assert len(field.input_value()) == 1_000_000


def test_seven_tabs_all_work(reader: Reader) -> None:
    tabs = [reader.page.context.new_page() for _ in range(6)]
    for tab in tabs:
        tab.goto(f"{reader.base}/studio")
    page = studio(reader)
    for tab in (*tabs, page):
        expect(tab.locator("#campaign")).to_be_visible()
        expect(tab.locator('[data-region="count"]')).to_contain_text("=")


def test_a_payload_in_every_field_is_shown_as_text(reader: Reader) -> None:
    page = studio(reader)
    small_brief(page, "en")
    page.locator("#note").fill(PAYLOAD)
    write(page)
    expect(page.locator(".cd-variant")).to_have_count(6)
    page.get_by_role("button", name="Edit").first.click()
    page.get_by_role("textbox", name="The words").fill(PAYLOAD)
    expect(page.locator(".cd-checked .cd-badge")).to_be_visible()
    page.locator('[data-act="save"]').click()
    expect(page.locator(".cd-text", has_text="onerror=alert(1)")).to_have_count(1)
    page.locator('[data-act="compare"]').nth(0).click()
    page.locator('[data-act="compare"]').nth(1).click()
    expect(page.locator(".cd-side ins").first).to_be_visible()
    page.reload()
    expect(page.locator(".cd-text", has_text="onerror=alert(1)")).to_have_count(1)
    page.locator(".cd-kept summary").click()
    expect(page.locator(".cd-kept")).to_contain_text("onerror")
    assert page.locator("#studio script, #studio img").count() == 0
