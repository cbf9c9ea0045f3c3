"""Scoring in a real browser: two evaluators' day by key, blind to the end, with what double clicks and second tabs do."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.domain.rating import Half, Pair
from assistant.packs.sheets.xlsx import read_xlsx
from eval.judge.criteria import load_criteria
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring
from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}"
OURS, THEIRS = "the-embedded-writer", "the-other-model"


def pairs(count: int) -> list[Pair]:
    """Pairs whose better text says so, written by two whose names no page may hold; one is hostile."""
    return [
        Pair(
            id=f"secret-{number}", cluster=f"campaign-{number % 4}", language="en", readers=f"savers {number}",
            a=Half(text=f"A good line, number {number}. {PAYLOAD if number == 1 else ''}", source=OURS),
            b=Half(text=f"A poor line, number {number}.", source=THEIRS),
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def scored_at(tmp_path: Path, index: Path) -> Iterator[tuple[str, Path]]:
    """The address of a desk with one session of eight pairs and two evaluators, and its folder."""
    desk = settled(tmp_path, index)
    hire(desk, "jun", "evaluator")
    by = desk.people.of_login("evaluator")
    assert by is not None
    rules = load_rules()
    rubric = rules.rubric(load_criteria().one("clarity"))
    Scoring(desk.ratings, rules).begin("Autumn", pairs(8), rubric, by, dt.datetime.now(dt.UTC))
    desk.database.close()
    with served(tmp_path, index, **QUICKLY) as base:
        yield base, tmp_path


def prefer_good(page: Page) -> None:
    """Say by key which text is the good one, and twice the other way, for who always wins has no measure."""
    left = page.locator(".cd-score-text p").first.inner_text()
    odd = re.search(r"number [36]\.", left) is not None
    page.keyboard.press("1" if ("good" in left) != odd else "3")
    page.keyboard.press("Control+Enter")


def at_pair(page: Page, number: int) -> None:
    """Wait until so many pairs are behind the rater."""
    expect(page.locator("#score-progress")).to_contain_text(f"{number} of 9 pairs")


def score_all(page: Page, begun: int = 0) -> None:
    """All turns that are left, one of which comes again."""
    for number in range(begun, 9):
        at_pair(page, number)
        prefer_good(page)
    at_pair(page, 9)


def test_two_evaluators_score_blind_by_key_and_read_at_the_end_who_wrote_better(
    chromium: Browser, scored_at: tuple[str, Path]
) -> None:
    base, _ = scored_at
    with at_desk(chromium, base, "evaluator") as reader:
        answers: list[str] = []
        reader.page.on("response", lambda one: answers.append(one.text()) if "score" in one.url else None)
        page = reader.open("/score")
        at_pair(page, 0)
        expect(page.get_by_role("button", name="Keep and go on")).to_be_disabled()
        expect(page.locator("#score-agreement")).to_contain_text("until two people")
        prefer_good(page)
        at_pair(page, 1)
        page.keyboard.press("u")
        at_pair(page, 0)
        score_all(page)
        assert not [word for word in (OURS, THEIRS, "secret-", "campaign-") if word in "".join(answers[:-2])]
        expect(page.locator("#score-own")).to_contain_text("You agree with yourself in 100%")
        ranking = page.get_by_role("region", name="Who wrote the better texts")
        expect(ranking.get_by_role("row").nth(1)).to_contain_text(OURS)
        page.reload()
        expect(page.locator(".cd-empty-title")).to_have_text("You have scored every pair")
    with at_desk(chromium, base, "jun") as reader:
        page = reader.open("/score")
        at_pair(page, 0)
        assert OURS not in page.content()
        prefer_good(page)
        at_pair(page, 1)
        expect(page.locator("#score-agreement")).to_contain_text(re.compile("α|the same each time"))
        page.locator(".cd-score-more > summary").click()
        page.locator(".cd-score-close > summary").click()
        page.get_by_role("button", name="Close the session").click()
        expect(page.locator(".cd-empty-title")).to_have_text("This session is closed")
        expect(page.get_by_role("region", name="Who wrote the better texts")).to_contain_text(THEIRS)


def test_a_double_click_counts_once_and_a_tab_that_is_behind_is_told(
    chromium: Browser, scored_at: tuple[str, Path]
) -> None:
    base, _ = scored_at
    with at_desk(chromium, base, "evaluator") as reader:
        page = reader.open("/score")
        at_pair(page, 0)
        second = reader.page.context.new_page()
        second.goto(f"{base}/score")
        at_pair(second, 0)
        page.keyboard.press("1")
        page.locator("[data-act=keep]").dblclick()
        at_pair(page, 1)
        second.keyboard.press("3")
        second.keyboard.press("Control+Enter")
        expect(second.get_by_role("alert")).to_contain_text("You scored this pair already")
        at_pair(second, 1)
        second.close()


def test_pairs_are_scored_elsewhere_and_brought_back_whole_or_not_at_all(
    chromium: Browser, scored_at: tuple[str, Path], tmp_path: Path
) -> None:
    base, _ = scored_at
    with at_desk(chromium, base, "evaluator") as reader:
        page = reader.open("/score")
        at_pair(page, 0)
        page.locator(".cd-score-more > summary").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="My pairs, for Label Studio").click()
        tasks = json.loads(taken.value.path().read_text("utf-8"))
        assert len(tasks) == 9 and OURS not in json.dumps(tasks)
        for task in tasks:
            side = "left" if "good" in task["data"]["left"] else "right"
            said = {"from_name": "better", "to_name": "left", "type": "choices", "value": {"choices": [side]}}
            task["annotations"] = [{"completed_by": 7, "result": [said]}]
        broken = [*tasks[:1], {**tasks[1], "data": {**tasks[1]["data"], "pair": "not-mine"}}]
        for name, content in (("broken.json", broken), ("prose.json", "no list"), ("whole.json", tasks)):
            (tmp_path / name).write_text(json.dumps(content), "utf-8")
            page.locator("[data-bring]").set_input_files(tmp_path / name)
            if name != "whole.json":
                expect(page.get_by_role("alert")).to_be_visible()
                at_pair(page, 0)
        expect(page.get_by_role("status").filter(has_text="9 answers")).to_be_visible()
        at_pair(page, 9)
        page.locator(".cd-score-more > summary").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="All answers, as a workbook").click()
        sheets, _ = read_xlsx(taken.value.path())
        assert [sheet.name for sheet in sheets][:3] == ["ratings", "repeats", "pairs"]


def test_a_session_is_begun_from_a_file_and_a_wrong_line_is_named(
    chromium: Browser, scored_at: tuple[str, Path], tmp_path: Path
) -> None:
    base, _ = scored_at
    with at_desk(chromium, base, "evaluator", locale="zh-TW", width=390) as reader:
        page = reader.open("/score")
        expect(page.locator("#score-progress")).to_contain_text("共 9 組")
        assert page.evaluate(WIDE) == 0
        page.locator(".cd-score-begin > summary").click()
        good = "\n".join(one.model_dump_json() for one in pairs(3))
        for content in (f"{good}\nnot a pair", good):
            page.locator("#score-pairs").set_input_files(
                {"name": "pairs.jsonl", "mimeType": "text/plain", "buffer": content.encode()}
            )
            page.locator("#score-name").fill(f"冬季 {PAYLOAD}"[:60])
            page.get_by_role("button", name="開始", exact=True).click()
            if content != good:
                expect(page.get_by_role("alert")).to_contain_text(":4:")
        expect(page.locator("#score-progress")).to_contain_text("共 4 組")
        expect(page.get_by_role("combobox", name="評比", exact=True).locator("option")).to_have_count(2)
        assert page.locator("#score img, #score script").count() == 0


def test_nobody_but_an_evaluator_scores(chromium: Browser, scored_at: tuple[str, Path]) -> None:
    base, _ = scored_at
    with at_desk(chromium, base, "checker") as reader:
        answer = reader.page.request.get(f"{base}/score", headers={"accept": "text/html"})
        assert answer.status == 403 and 'href="/score"' not in answer.text()


def test_a_file_that_did_not_come_whole_is_told(tmp_path: Path) -> None:
    from assistant.errors import InputError
    from ui.score.files import read

    with pytest.raises(InputError, match="did not come whole"):
        read("pairs.json", "%%%")
    with pytest.raises(InputError, match=r"neither \.json nor \.xlsx"):
        read("pairs.pdf", base64.b64encode(b"x").decode())
