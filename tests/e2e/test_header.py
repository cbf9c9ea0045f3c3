"""The header in a real browser: the overdue calls on every page, the page that is open in sight, the way back online."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES
from assistant.settings import Settings
from eval.people.stories import AS_OF
from tests.conftest import BANK, QUICK, ROOT
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, at_desk
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser
PICTURES = ROOT / "out" / "pictures"
IN_SIGHT = """() => {
  const [menu, here] = [".cd-pages", ".cd-pages [aria-current]"].map((one) => document.querySelector(one).getBoundingClientRect());
  return [here.left - menu.left, menu.right - here.right];
}"""


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """A desk long after a scan of the sample: every call is overdue."""
    home: Path = tmp_path_factory.mktemp("late")
    shutil.copytree(index, home / "index")
    desk = Desk(Settings(home=home, data=str(BANK / "sample"), **QUICK))
    desk.actions.scan(BANK / "sample", AS_OF)
    hire(desk, "zhou", "rm", manager="rm-zhou", team="east")
    hire(desk, "everybody", *ROLES, team="*")
    desk.database.close()
    with served(home, index, COPYDESK_DATA=str(BANK / "sample"), **QUICKLY) as base:
        yield base


def test_the_number_of_overdue_calls_stands_on_other_pages_and_is_fresh_with_each_answer(
    morning: str, chromium: Browser
) -> None:
    with at_desk(chromium, morning, "zhou") as reader:
        page = reader.open("/knowledge")
        number = page.locator('[data-badge="/calls"] b')
        expect(number).to_be_visible()
        counted = number.inner_text()
        assert int(counted) > 0
        page.evaluate("window.copydesk.late(999, 'of another time')")
        page.locator(".cd-list a").first.click()
        expect(number).to_have_text(counted)


@pytest.mark.parametrize("path", ["/check", "/calls"])
def test_on_a_phone_the_menu_shows_the_page_that_is_open(path: str, morning: str, chromium: Browser) -> None:
    with at_desk(chromium, morning, "everybody", width=390) as reader:
        page = reader.open(path)
        assert min(page.evaluate(IN_SIGHT)) > -1, "a fraction of a pixel is none"
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"header{path.replace('/', '-')}-390.png")


def test_the_banner_of_a_lost_connection_goes_when_an_answer_comes_again(morning: str, chromium: Browser) -> None:
    with at_desk(chromium, morning, "zhou", locale="zh-TW") as reader:
        page = reader.open("/knowledge")
        page.locator(".cd-list a").first.wait_for()
        page.route("**/gradio_api/**", lambda route: route.abort())
        page.locator(".cd-list a").nth(1).click()
        expect(page.locator("[data-lost]")).to_be_visible()
        page.unroute("**/gradio_api/**")
        page.locator(".cd-list a").nth(2).click()
        expect(page.locator("[data-lost]")).to_be_hidden()
        expect(page.locator("[data-back]")).to_have_text("連線已恢復，可以繼續了。")
        page.screenshot(path=PICTURES / "header-back.png")
        reader.trouble.clear()  # what was cut off is told on the console
