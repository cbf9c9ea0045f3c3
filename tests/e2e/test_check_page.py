"""A pasted text in a real browser: its findings with their law, its figures with their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Reader

from tests.e2e.studio_hand import PAYLOAD, WIDE, choose, server, small_brief, studio, write  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


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
