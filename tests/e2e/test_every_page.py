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
from tests.e2e.conftest import served
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
    """A desk with texts that wait, calls that are due, and somebody who has every role."""
    home: Path = tmp_path_factory.mktemp("looked_at")
    own = settled(home, index)
    hire(own, "everybody", *ROLES, team="*")
    submit(own, texts_of(own)[:3])
    submit(own, texts_of(own, locales=("zh-Hans",)), "Autumn deposit")
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


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible_fits_and_is_kept_as_a_picture(page: str, desk: str, chromium: Browser) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    for locale, width, theme in LOOKS:
        with at_desk(chromium, desk, "everybody", locale=locale, width=width, theme=theme) as reader:
            shown = reader.open(page)
            shown.wait_for_function(DRAWN)
            look = f"{page.strip('/')}-{locale}-{width}-{theme}"
            shown.screenshot(path=PICTURES / f"{look}.png", full_page=True)
            told = [f"{one['id']}: {one['nodes'][0]['html'][:160]}"
                    for one in Axe().run(shown).response["violations"] if one["impact"] in SERIOUS]  # fmt: skip
            told += ["wider than its window"] if shown.evaluate(WIDE) else []
            if told:
                found[look] = told
    assert found == {}
