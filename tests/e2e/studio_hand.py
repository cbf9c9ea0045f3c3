"""How the tests use the studio: its fields, its writing, a server that has the sample's customers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import BANK
from tests.e2e.conftest import served

if TYPE_CHECKING:
    from tests.e2e.conftest import Reader


PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LIST = "customer_id,segment,birth_date\n" + "".join(f"N{n},salary,1990-01-01\n" for n in range(6)) + "N7,salary,never\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """A desk that has customers."""
    with served(tmp_path_factory.mktemp("served"), index, COPYDESK_DATA=str(BANK / "sample")) as base:
        yield base


def choose(page: Page, group: str, *ids: str) -> None:
    """Make these, and only these, the chosen boxes of a group."""
    for box in page.locator(f"#{group} input").all():
        box.set_checked(box.get_attribute("value") in ids)


def small_brief(page: Page, *locales: str, ages: tuple[str, ...] = ("25-34",)) -> None:
    """The two-year deposit for salary customers over text message and push."""
    page.select_option("#campaign", "B1-TERM2Y")
    expect(page.locator("#campaign optgroup option:checked")).to_have_attribute("value", "B1-TERM2Y")
    expect(page.locator('[data-region="about"]')).to_contain_text(re.compile("Two-Year|兩年|两年"))
    choose(page, "segments", "salary")
    choose(page, "ages", *ages)
    choose(page, "channels", "sms", "push")
    choose(page, "locales", *locales)


def write(page: Page) -> None:
    """Press Write and wait until the run is over and shown."""
    page.locator("#write").click()
    expect(page.locator(".cd-progress.cd-finished")).to_be_visible(timeout=60_000)
    expect(page.locator("#submit")).to_be_visible()


def studio(reader: Reader, path: str = "/studio") -> Page:
    """The studio with its form drawn."""
    page = reader.open(path)
    expect(page.locator("#campaign")).to_be_visible()
    return page
