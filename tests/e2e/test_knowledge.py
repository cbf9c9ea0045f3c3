"""The knowledge in a real browser: a rate is proposed by one, approved by another, and its texts take the new value."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from tests.contract.databases import SqliteFiles
from tests.e2e.conftest import Reader, served
from tests.e2e.working import QUICKLY, WIDE, at_desk
from tests.unit.api.staff import hire_all
from tests.unit.knowledge.conftest import filled, loaded, opened, small  # noqa: F401 - content and texts of a small desk

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"
SECONDS = 120_000
"""Trying a change takes seconds of a core, and the machine may be busy."""
RATE = '[data-path=\'["facts", "rate", "rate"]\']'


@pytest.fixture(scope="module")
def staffed(
    small: Path, filled: str, loaded: tuple[Pack, CheckEngine], tmp_path_factory: pytest.TempPathFactory, index: Path  # noqa: F811
) -> Iterator[str]:  # fmt: skip
    """A desk with accounts that owns its knowledge and has texts of the two-year deposit."""
    home = tmp_path_factory.mktemp("knowing")
    content = home / "content"
    shutil.copytree(small, content)
    url = SqliteFiles().copy(filled, home / "store")
    desk: Desk = opened(home, content, url, loaded)
    hire_all(desk)
    desk.database.close()
    with served(home, index, COPYDESK_CONTENT=str(content), COPYDESK_DATABASE_URL=url, **QUICKLY) as base:
        yield base


def proposed(reader: Reader, item: str, rate: str, note: str = "") -> Page:
    """Propose another rate in the form's field."""
    page = reader.open(f"/knowledge?section=products&item={item}")
    page.get_by_role("button", name="Propose a change").click()
    page.locator(RATE).fill(rate)
    page.get_by_label("Why (optional)").fill(note)
    page.get_by_role("button", name="Try and propose").click()
    expect(page.locator(".kn-change")).to_be_visible(timeout=SECONDS)
    return page


def test_a_rate_is_changed_by_two_and_its_texts_take_the_new_value(staffed: str, chromium: Browser) -> None:
    with at_desk(chromium, staffed, "marketer") as maker, at_desk(chromium, staffed, "checker") as judge:
        page = maker.open("/knowledge?section=products&item=TD-24M")
        expect(page.locator(".kn-facts")).to_contain_text("2.2%")
        page.locator('[data-fact="TD-24M.rate"]').click()
        expect(page.locator("[data-region=texts] mark").first).to_have_text("2.2%")
        proposed(maker, "TD-24M", "2.30%", PAYLOAD)
        expect(page.locator(".kn-changed").first).to_contain_text(re.compile(r"2\.2%\s*→\s*2\.3%"))
        expect(page.locator(".kn-note")).to_have_text(PAYLOAD)
        expect(page.get_by_role("button", name="Approve into effect")).to_have_count(0)
        texts = page.locator(".kn-texts > li").count()
        assert texts > 0 and "change=" in page.url and page.locator(".kn script, .kn img").count() == 0
        page.reload()
        expect(page.locator(".kn-note")).to_have_text(PAYLOAD)

        desk = judge.open("/knowledge?view=changes")
        desk.get_by_label("Comment (optional)").fill("Posted on the board.")
        desk.get_by_role("button", name="Turn down").click()
        expect(desk.locator("[role=alert]", has_text="Choose a reason")).to_be_visible()
        expect(desk.get_by_label("Comment (optional)")).to_have_value("Posted on the board.")
        desk.get_by_role("button", name="Approve into effect").click()
        expect(desk.locator(".kn-change")).to_contain_text("In effect", timeout=SECONDS)
        expect(desk.locator(".kn-texts > li")).to_have_count(texts)
        desk.locator(".kn-change h2 a").click()
        expect(desk.locator(".kn-facts")).to_contain_text("2.3%")
        expect(desk.locator(".kn-history")).to_contain_text("Approved by Checker")

        page.get_by_role("tab", name="Held texts").click()
        first = page.locator(".kn-recall .kn-texts > li").first
        expect(first.locator(".kn-why")).to_contain_text("2.3%")
        before = page.locator("[data-today]").count()
        first.get_by_role("button", name="Put today's values in").click()
        expect(page.locator(".kn-done")).to_contain_text("1 text has today's values")
        expect(page.locator("[data-today]")).to_have_count(before - 1)
        if before > 1:
            page.get_by_role("button", name="Put today's values into all shown").click()
            expect(page.locator("[data-today]")).to_have_count(0)


def test_a_problem_is_shown_at_its_line_and_corrected(staffed: str, chromium: Browser) -> None:
    with at_desk(chromium, staffed, "marketer") as maker:
        page = maker.open("/knowledge?section=products&item=TD-36M")
        page.get_by_role("button", name="Propose a change").click()
        page.get_by_label("As text (YAML)").check()
        source = page.get_by_label("The entry's text")
        text = source.input_value()
        source.fill(text.replace("type: term_deposit", "typ: term_deposit"))
        page.get_by_role("button", name="Try and propose").click()
        expect(page.locator(".kn-problems")).to_contain_text("“typ” is no key of this entry", timeout=SECONDS)
        page.get_by_role("button", name="Correct it").click()
        page.get_by_role("button", name="Line 2").first.click()
        chosen = page.evaluate(
            "(() => { const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd) })()"
        )
        assert chosen == "typ: term_deposit"
        page.get_by_label("The entry's text").fill(text + "\n# looked through")
        page.get_by_role("button", name="Try and propose").click()
        expect(page.locator(".kn-change .cd-badge").first).to_have_text("Waiting", timeout=SECONDS)
        expect(page.locator(".kn-aside .cd-badge")).to_contain_text(["Waiting", "Withdrawn"])
        page.get_by_role("button", name="Withdraw").click()
        expect(page.locator(".kn-change .cd-badge").first).to_have_text("Withdrawn")


def test_the_keys_the_search_and_an_address_that_is_no_more(staffed: str, chromium: Browser) -> None:
    with at_desk(chromium, staffed, "rm") as manager:
        page = manager.open("/knowledge")
        expect(page.locator(".kn-entry")).to_be_visible()
        expect(page.get_by_role("tab", name="Held texts")).to_have_count(0)
        page.locator(".kn-entry h2").focus()
        own = page.locator("li[aria-current]").get_attribute("data-item")
        page.keyboard.press("j")
        expect(page.locator("li[aria-current]")).not_to_have_attribute("data-item", str(own))
        second = str(page.locator("li[aria-current]").get_attribute("data-item"))
        expect(page).to_have_url(re.compile(f"section=products&item={second}$"))
        page.reload()
        expect(page.locator(".kn-entry code").first).to_have_text(second)
        page.keyboard.press("/")
        page.keyboard.type("TD-24M")
        expect(page.locator(".kn-aside [role=status]")).to_have_text("1 entry")
        page.locator("[data-item=TD-24M] a").click()
        expect(page.locator(".kn-entry")).to_contain_text("TD-24M")
        page.locator(".kn-entry .kn-link", has_text="A plan for idle money").click()
        expect(page.locator(".kn-entry h2")).to_have_text("A plan for idle money")
        expect(page.locator(".kn-entry h2")).to_be_focused()
        manager.open("/knowledge?section=products&item=GONE")
        expect(page.locator(".cd-trouble")).to_contain_text("GONE")
        expect(page.locator(".kn-entry")).to_be_visible()
        expect(page.get_by_role("link", name="Check a text").last).to_have_attribute("href", "/check")


def test_a_phone_in_traditional_chinese_shows_all_of_it_without_scrolling_sideways(
    staffed: str, chromium: Browser
) -> None:
    with at_desk(chromium, staffed, "admin", locale="zh-HK", width=390) as reader:
        page = reader.open("/knowledge?section=products&item=TD-24M")
        expect(page.locator("h1")).to_have_text("知識庫")
        expect(page.locator(".kn-facts")).to_contain_text("中途提領利率")
        for section in ("rules", "disclosures", "campaigns", "guides"):
            page.locator("[data-sections]").select_option(section)
            expect(page.locator("li[aria-current]")).to_have_attribute("data-section", section)
            page.locator(".kn-entry summary").last.click()
            assert page.evaluate(WIDE) <= 0, section
        reader.open("/knowledge?section=products&item=TD-24M")
        page.get_by_role("button", name="提出變更").click()
        assert page.evaluate(WIDE) <= 0
