"""Every page, in both themes, in three languages, wide and on a phone: nothing that axe calls serious, nothing cut off.

The pictures are kept in out/pictures, for somebody to look at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from assistant.api.allowed import PAGES
from assistant.domain.person import ROLES
from tests.conftest import BANK, ROOT
from tests.e2e.conftest import Reader, served
from tests.e2e.scoring_desk import compared
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled, submit, texts_of
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser

PICTURES = ROOT / "out" / "pictures"
LOOKS = (("en-GB", 1280, "light"), ("zh-CN", 1280, "dark"), ("zh-TW", 390, "light"), ("en-GB", 390, "dark"))
DRAWN = "() => !document.querySelector('.cd-surface') || document.querySelector('[data-drawn]')"
"""What the server told stands on the page. Its stream never ends, so the network is never idle."""
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """A desk with texts that wait, calls that are due, pairs to compare, and somebody who has every role."""
    home: Path = tmp_path_factory.mktemp("looked_at")
    own = settled(home, index)
    hire(own, "everybody", *ROLES, team="*")
    submit(own, texts_of(own)[:3])
    submit(own, texts_of(own, locales=("zh-Hans",)), "Autumn deposit")
    compared(own, hire(own, "rater", "evaluator"))
    own.database.close()
    command = [
        sys.executable,
        "-m",
        "assistant.cli",
        "scan",
        "--data",
        str(BANK / "sample"),
        "--as-of",
        "2026-11-10T10:30",
    ]
    environment = {**os.environ, "COPYDESK_HOME": str(home)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with served(home, index, **QUICKLY) as base:
        yield base


def looked(reader: Reader, page: str, look: str) -> list[str]:
    """Open a page and keep its picture: what is wrong with it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown = reader.open(page)
    shown.wait_for_function(DRAWN)
    shown.screenshot(path=PICTURES / f"{look}.png", full_page=True)
    told = [f"{one['id']}: {one['nodes'][0]['html'][:160]}"
            for one in Axe().run(shown).response["violations"] if one["impact"] in SERIOUS]  # fmt: skip
    return told + (["wider than its window"] if shown.evaluate(WIDE) else [])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible_fits_and_is_kept_as_a_picture(page: str, desk: str, chromium: Browser) -> None:
    found: dict[str, list[str]] = {}
    for locale, width, theme in LOOKS:
        with at_desk(chromium, desk, "everybody", locale=locale, width=width, theme=theme) as reader:
            look = f"{page.strip('/')}-{locale}-{width}-{theme}"
            found[look] = looked(reader, page, look)
    assert not any(found.values()), found


@pytest.mark.parametrize("who", ["everybody", "rm"])
def test_a_first_visit_is_accessible_fits_and_is_kept_as_a_picture(who: str, desk: str, chromium: Browser) -> None:
    found: dict[str, list[str]] = {}
    for locale, width, theme in LOOKS:
        with at_desk(chromium, desk, who, locale=locale, width=width, theme=theme, first=True) as reader:
            look = f"first-{who}-{locale}-{width}-{theme}"
            found[look] = looked(reader, "/check", look)
            if width < 600:
                reader.page.locator(".cd-welcome > details > summary").click()
                found[f"{look}-open"] = ["wider"] if reader.page.evaluate(WIDE) > 0 else []
                reader.page.screenshot(path=PICTURES / f"{look}-open.png", full_page=True)
    assert not any(found.values()), found
