"""An evaluator without a file, in a real browser: a sample, or two runs of an evaluation, and scoring begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from eval.running.rows import AnswerRow, Rows, Run
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """A desk that has evaluated two writers."""
    home: Path = tmp_path_factory.mktemp("begun")
    settled(home, index).database.close()
    rows = Rows(home / "eval.db")
    for n, writer in enumerate(("kingfisher", "heron")):
        rows.begin(Run(f"run-{n}", "copy", "h", {"writer": writer}, f"2026-11-23T09:0{n}:00"))
        texts = {f"case-{k}": {"texts": [{"text": f"Text {n} of case {k}."}]} for k in range(6)}
        rows.put(f"run-{n}", [(AnswerRow(own, "h", own, told, "", 0, 0, 0), []) for own, told in texts.items()])
        rows.end(f"run-{n}", "2026-11-23T10:00:00")
    rows.close()
    with served(home, index, **QUICKLY) as base:
        yield base


@pytest.mark.parametrize(
    ("locale", "width", "theme"), [("en-GB", 1280, "light"), ("zh-TW", 390, "dark"), ("zh-CN", 1280, "dark")]
)
def test_a_sample_is_a_click_away(locale: str, width: int, theme: str, desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, "evaluator", locale=locale, width=width, theme=theme) as reader:
        page = reader.open("/score")
        page.locator("[data-key=written] > summary").click()
        expect(page.locator("[data-region=runs] option")).to_have_count(4)
        found = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
        assert found == [] and page.evaluate(WIDE) <= 0
        page.locator("[data-written] button").click()
        expect(page.locator("form[data-pair]")).to_be_visible()
        expect(page.locator("[data-key=place]")).to_be_focused()
        expect(page).to_have_url(f"{desk}/score?session={page.locator('[data-session]').input_value()}")
        expect(page.locator("[data-written]")).to_be_hidden()


def test_two_runs_are_chosen_and_compared_without_their_names(desk: str, chromium: Browser) -> None:
    with at_desk(chromium, desk, "evaluator") as reader:
        page = reader.open("/score")
        page.locator("[data-key=written] > summary").click()
        form = page.locator("[data-written]")
        form.locator("[name=title]").fill("Two writers")
        form.locator("[name=one]").select_option("run-0")
        expect(form.locator("[value=runs]")).to_be_checked()
        form.locator("[name=other]").select_option("run-0")
        form.locator("button").click()
        expect(page.locator("[data-region=notice] [role=alert]")).to_contain_text("not two finished runs")
        form.locator("[name=other]").select_option("run-1")
        form.locator("button").click()
        expect(page.locator("form[data-pair]")).to_contain_text("Text 1 of case")
        reader.open(page.url.removeprefix(desk))
        expect(page.locator("form[data-pair]")).to_contain_text("Text 0 of case")
        assert "kingfisher" not in page.content() and "heron" not in page.content()
