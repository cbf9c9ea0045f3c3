"""In a real browser: the manager reads the script in another language, and words typed in one wait there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from eval.people.stories import AS_OF
from tests.conftest import BANK, QUICK, ROOT
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser
PICTURES = ROOT / "out" / "pictures"


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("speaking")
    shutil.copytree(index, home / "index")
    desk = Desk(Settings(home=home, data=str(BANK / "sample"), **QUICK))
    desk.actions.scan(BANK / "sample", AS_OF)
    hire(desk, "zhou", "rm", manager="rm-zhou", team="east")
    hire(desk, "lea", "lead", team="*")
    desk.database.close()
    with served(home, index, COPYDESK_DATA=str(BANK / "sample"), **QUICKLY) as base:
        yield base


def test_the_script_is_read_in_another_language_and_typed_words_wait_in_theirs(morning: str, chromium: Browser) -> None:
    with at_desk(chromium, morning, "zhou", locale="zh-CN", width=390) as reader:
        page = reader.open("/calls")
        expect(page.locator('[data-speak="zh-Hans"]')).to_have_attribute("aria-pressed", "true", timeout=20_000)
        page.locator("[data-change]").first.click()
        page.locator("[data-words]:visible").fill("您好，我是周经理。")
        page.locator('[data-speak="en"]').click()
        expect(page.locator('.cd-line[lang="en"]').first).to_be_visible(timeout=20_000)
        expect(page.locator("[data-words]:visible")).to_have_count(0)
        assert page.evaluate(WIDE) <= 0
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / "call-language-390.png", full_page=True)
        page.locator('[data-speak="zh-Hans"]').click()
        expect(page.locator("[data-words]:visible")).to_have_value("您好，我是周经理。")


def test_a_lead_who_signs_in_looks_at_the_team(morning: str, chromium: Browser) -> None:
    with at_desk(chromium, morning, "lea") as reader:
        reader.page.goto(morning)
        expect(reader.page.locator("[data-counted]")).to_be_visible(timeout=20_000)
        assert reader.page.url.split("?")[0].endswith("/calls") and "view=team" in reader.page.url
