"""A first visit in a real browser: the guide stands there until it is put away, and each of its links arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.domain.person import ROLES, Role
from tests.conftest import BANK
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, at_desk, settled
from ui.welcome import STEPS

pytestmark = pytest.mark.browser

DRAWN = "() => !document.querySelector('.cd-surface') || document.querySelector('[data-drawn]')"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """A desk at which one of each role works."""
    home = tmp_path_factory.mktemp("first")
    settled(home, index).database.close()
    with served(home, index, **QUICKLY, COPYDESK_DATA=str(BANK / "sample")) as base:
        yield base


def test_the_guide_stays_until_it_is_put_away_and_comes_back_when_asked_for(desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, "checker", first=True) as reader:
        page = reader.open("/check")
        guide, opener = page.locator(".cd-welcome"), page.locator("[data-welcome-open]")
        expect(guide.locator("li")).to_have_count(len(STEPS["checker"]))
        expect(opener).to_have_attribute("aria-expanded", "true")
        reader.open("/knowledge")
        expect(guide).to_be_visible()
        guide.locator("[data-welcome-away]").focus()
        page.keyboard.press("Enter")
        expect(guide).to_have_count(0)
        expect(opener).to_be_focused()
        page.reload()
        expect(page.locator(".cd-heading")).to_be_visible()
        expect(guide).to_have_count(0)
        opener.press("Enter")
        expect(guide.locator("summary")).to_be_focused()
        opener.press("Enter")
        expect(guide).to_have_count(0)
        expect(opener).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("role", ROLES)
def test_each_step_s_link_opens_what_it_names_and_nothing_refuses(role: Role, desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, role, first=True) as reader:
        reader.open("/check")
        links = reader.page.locator(".cd-welcome li a")
        addresses = [str(link.get_attribute("href")) for link in links.all()]
        assert len(addresses) == len(STEPS[role])
        for address in dict.fromkeys(addresses):
            page = reader.open(address)
            page.wait_for_function(DRAWN)
            expect(page.locator(".cd-trouble")).to_have_count(0)
            expect(page.locator(f'.cd-pages a[href="{address.partition("?")[0]}"]')).to_have_attribute(
                "aria-current", "page"
            )


def test_a_step_of_the_open_page_keeps_what_is_done_on_it(desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, "marketer", first=True) as reader:
        page = reader.open("/studio")
        page.locator("#note").fill("warm and short")
        page.locator(".cd-welcome li a").nth(1).click()
        expect(page.locator("#cd-main")).to_be_focused()
        expect(page.locator("#note")).to_have_value("warm and short")
        page.locator(".cd-welcome li a").nth(4).click()
        expect(page).to_have_url(re.compile(r"/review\?state=changes_asked$"))


def test_the_guide_is_in_the_reader_s_language_and_folded_on_a_phone(desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, "rm", first=True, locale="zh-TW", width=390, height=844) as reader:
        page = reader.open("/calls")
        summary = page.locator(".cd-welcome > details > summary")
        expect(summary).to_have_text("先花五分鐘走一遍")
        expect(page.locator(".cd-welcome li").first).to_be_hidden()
        summary.click()
        expect(page.locator(".cd-welcome li").first).to_be_visible()
