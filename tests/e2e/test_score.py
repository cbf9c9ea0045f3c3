"""An evaluator's day in a real browser: blind by key, taken back, met again, agreed on, closed and ranked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, Response, expect

from tests.e2e.conftest import Reader, served
from tests.e2e.scoring_desk import GOOD, WRITERS, Rated, answer, file_of, lines, side
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled
from tests.unit.api.staff import hire

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

SECRETS = (
    *WRITERS,
    "kingfisher",
    "heron",
    "secret-pair",
    "secret-cluster",
    "source_a",
    "swapped",
    '"seed"',
    "repeat\\",
)


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Rated]:
    """A desk at which three evaluators work, and one of each other role."""
    home: Path = tmp_path_factory.mktemp("rated")
    desk = settled(home, index)
    for name in ("jun", "eva"):
        hire(desk, name, "evaluator")
    desk.database.close()
    with served(home, index, **QUICKLY) as base:
        yield Rated(base, home)


def heard(page: Page) -> list[str]:
    """Every answer of the desk to a page from now on, as far as it is text; streams have no end."""
    told = list[str]()

    def keep(response: Response) -> None:
        if "heartbeat" not in response.url and "queue/data" not in response.url and response.status == 200:
            told.append(f"{response.url}\n{response.text()}")

    page.on("requestfinished", lambda request: keep(found) if (found := request.response()) else None)
    return told


def taken(page: Page, key: str) -> bytes:
    """A file that the page offers."""
    files = page.locator("[data-files]")
    if files.get_attribute("open") is None:
        files.locator("summary").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-key={key}]").click()
    return Path(waiting.value.path()).read_bytes()


def brought(page: Page, content: bytes, name: str) -> None:
    files = page.locator("[data-files]")
    if files.get_attribute("open") is None:
        files.locator("summary").click()
    page.locator("[data-answers]").set_input_files(file_of(content, name))


def test_an_evaluator_s_day(rated: Rated, chromium: Browser) -> None:
    own = rated.begun(chromium, "May", by="evaluator")
    with at_desk(chromium, rated.base, "evaluator") as reader:
        told = heard(reader.page)
        page = reader.open(f"/score?session={own}")
        place = page.locator("[data-key=place]")
        expect(place).to_have_text("Pair 1 of 13")
        expect(page.locator(".sc-text .cd-text").first).to_have_attribute("lang", "en")
        expect(page.locator(".sc-place")).to_contain_text("For: Readers of group")
        expect(page.locator(".cd-figures")).to_contain_text("Nobody has scored a pair yet.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-missing]")).to_have_text("Choose 1, 2 or 3 first.")
        first = str(page.locator("form[data-pair]").get_attribute("data-pair"))
        page.get_by_label("better tone").check()
        answer(page, 2)
        expect(place).to_have_text("Pair 2 of 13")
        expect(place).to_be_focused()
        page.keyboard.press("u")
        expect(page.locator(f'form[data-pair="{first}"]')).to_be_visible()
        expect(page.locator("[name=choice][value='2']")).to_be_checked()
        expect(page.get_by_label("better tone")).to_be_checked()
        for n in range(6):
            answer(page, side(page))
            expect(page.locator("#sc-done")).to_have_text(f"{n + 1} of 13 scored")
        before = page.locator("form[data-pair]").get_attribute("data-pair")
        page.reload()
        expect(place).to_have_text("Pair 7 of 13")
        assert page.locator("form[data-pair]").get_attribute("data-pair") == before
        assert len(json.loads(taken(page, "pairs-json"))) == 13
        for path in ("config", "gradio_api/info", "gradio_api/startup-events"):
            told.append(page.request.get(f"{rated.base}/score/en/{path}").text())
        for _n in range(6):
            expect(page.locator("[data-region=ranking]")).to_contain_text("no longer blind")
            expect(page.locator("[data-key='said-xlsx']")).to_have_count(0)
            answer(page, side(page))
        blind = "\n".join(told) + page.content()
        assert blind.count(GOOD) > 12 and "server_fns" in blind, "what is looked through is what was told"
        assert [one for one in SECRETS if one in blind] == [], "before the last answer nobody is told who wrote what"
        assert page.request.get(f"{rated.base}/score/files/{own}/said.json").status == 409
        expect(page.locator("#sc-last")).to_be_visible()
        answer(page, side(page))
        expect(page.locator("[data-state=done]")).to_contain_text("you have scored all 13")
        expect(page.locator(".cd-figures")).to_contain_text("100%")
        expect(page.locator("[data-region=ranking]")).to_contain_text("There is no ranking yet.")
        expect(page.locator("[data-region=ranking]")).to_contain_text(WRITERS[0])
        page.keyboard.press("u")
        expect(page.locator("[data-state=done]")).to_be_visible()
    said = rated.standing(own, "evaluator")
    assert len(said) == 13 and sum(one.repeat for one in said) == 1 and {one.better for one in said} == {"a"}
    assert {one.reasons for one in said} == {(), ("warmer",)}


def test_another_brings_a_file_all_agree_or_not_and_the_session_is_closed_and_ranked(
    rated: Rated, chromium: Browser
) -> None:
    own = rated.begun(chromium, "June")
    with at_desk(chromium, rated.base, "jun") as reader:
        page = reader.open(f"/score?session={own}")
        tasks = json.loads(taken(page, "pairs-json"))
        for n, task in enumerate(tasks):
            chosen = "neither" if n % 4 == 3 else "left" if (GOOD in task["data"]["left"]) == (n % 4 > 0) else "right"
            result = {"from_name": "better", "to_name": "left", "type": "choices", "value": {"choices": [chosen]}}
            task["annotations"] = [{"completed_by": 7, "was_cancelled": False, "result": [result]}]
        brought(page, json.dumps(tasks).encode(), "june.json")
        expect(page.locator("[data-brought]")).to_have_text("Kept: 13 new answers.")
        expect(page.locator("[data-state=done]")).to_be_visible()
        expect(page.locator("[data-region=ranking]")).to_contain_text(WRITERS[0])
    with at_desk(chromium, rated.base, "eva") as reader:
        page = reader.open(f"/score?session={own}")
        brought(page, json.dumps(tasks).encode(), "june.json")
        expect(page.locator("[data-brought]")).to_contain_text("Everybody fills in their own file.")
        book = load_workbook(BytesIO(taken(page, "pairs-xlsx")))
        cells = str([cell.value for sheet in book for row in sheet.iter_rows() for cell in row])
        assert [one for one in (*WRITERS, "secret") if one in cells] == []
        heads = _filled(book)
        book["pairs"].cell(5, heads["choice"]).value = 9
        brought(page, _saved(book), "june.xlsx")
        expect(page.locator("[data-brought]")).to_contain_text("file.xlsx:5: the choice is not 1, 2 or 3")
        book["pairs"].cell(5, heads["choice"]).value = 2
        brought(page, _saved(book), "june.xlsx")
        expect(page.locator("[data-brought]")).to_have_text("Kept: 13 new answers.")
        expect(page.locator(".cd-figures")).to_contain_text("12 pairs in common")
        expected(reader, "404", "400")
    with at_desk(chromium, rated.base, "evaluator") as reader:
        page = reader.open(f"/score?session={own}")
        expect(page.locator("[data-region=ranking]")).to_contain_text("no longer blind")
        page.locator("[data-closes]").click()
        page.locator("[data-stay]").click()
        expect(page.locator("form[data-pair]")).to_be_visible()
        page.locator("[data-closes]").click()
        page.locator("[data-close]").click()
        expect(page.locator("[data-state=closed]")).to_be_visible()
        rows = page.get_by_role("table", name="Ranking").locator("tbody tr")
        expect(rows.locator("th")).to_have_text([WRITERS[0], WRITERS[1]])
        expect(rows.first).to_contain_text(re.compile(r"\+\d\.\d\d"))
        expect(page.locator("[data-answers]")).to_have_count(0)
        names = {row["data"]["left_source"] for row in json.loads(taken(page, "said-json"))}
        assert names == {WRITERS[0]}
        assert load_workbook(BytesIO(taken(page, "said-xlsx"))).sheetnames == ["ratings", "repeats", "pairs"]
        refused = page.request.post(
            f"{rated.base}/score/files/{own}/answers?name=x.json", data=b"[]", headers={"origin": rated.base}
        )
        assert refused.status == 400


def _filled(book: Workbook) -> dict[str, int]:
    """Fill in which text is the good one; the columns by their heads."""
    sheet = book["pairs"]
    heads = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, heads["choice"]).value = 1 if GOOD in str(sheet.cell(row, heads["left"]).value) else 3
    return heads


def expected(reader: Reader, *statuses: str) -> None:
    """What was refused on purpose is in the browser's console, and nothing else."""
    assert [re.findall(r"status of (\d+)", one) for one in reader.trouble] == [[status] for status in statuses]
    reader.trouble.clear()


def _saved(book: object) -> bytes:
    kept = BytesIO()
    book.save(kept)  # type: ignore[attr-defined]
    return kept.getvalue()


def test_a_double_click_counts_once_and_a_stale_tab_is_told(rated: Rated, chromium: Browser) -> None:
    own = rated.begun(chromium, "July")
    with at_desk(chromium, rated.base, "jun") as reader:
        page = reader.open(f"/score?session={own}")
        expect(page.locator("form[data-pair]")).to_be_visible()
        other = reader.page.context.new_page()
        other.goto(f"{rated.base}/score?session={own}")
        expect(other.locator("form[data-pair]")).to_be_visible()
        page.keyboard.press("1")
        page.locator("[data-key=confirm]").dblclick()
        expect(page.locator("[data-key=place]")).to_have_text("Pair 2 of 13")
        # A slow second half comes when the next pair is there already.
        page.locator("[data-key=confirm]").dispatch_event("click", {"detail": 2})
        expect(page.locator("[data-missing]")).to_be_empty()
        assert len(rated.standing(own, "jun")) == 1
        other.keyboard.press("3")
        other.keyboard.press("Control+Enter")
        expect(other.locator(".cd-trouble")).to_contain_text("You scored this pair already, in another tab")
        expect(other.locator("[data-key=place]")).to_have_text("Pair 2 of 13")
        assert [one.choice for one in rated.standing(own, "jun")] == [1]
        page.locator("[data-closes]").click()
        page.locator("[data-close]").click()
        expect(page.locator("[data-state=closed]")).to_be_visible()
        other.keyboard.press("3")
        other.keyboard.press("Control+Enter")
        expect(other.locator(".cd-trouble")).to_have_text("The session is closed; what was said in it stands.")
        expect(other.locator("[data-state=closed]")).to_be_visible()


def test_what_is_no_file_of_pairs_is_told_by_row_and_nothing_begins(rated: Rated, chromium: Browser) -> None:
    with at_desk(chromium, rated.base, "eva") as reader:
        page = reader.open("/score")
        form = page.locator("[data-begin]")
        expect(form).to_be_attached()
        if not form.is_visible():
            page.locator("[data-key=begins] summary").click()
        form.locator("[name=title]").fill("August")
        form.locator("[name=file]").set_input_files(file_of(lines(3) + b'\n{"item": "x"}'))
        form.locator("button").click()
        expect(page.locator("[data-beginning]")).to_contain_text("file.jsonl:4: cluster")
        expected(reader, "400")
        page = reader.open("/score?session=0123456789abcdef")
        expect(page.locator(".cd-trouble")).to_contain_text("There is no session at this address.")
        expect(page.locator("[data-session] option", has_text="August")).to_have_count(0)


@pytest.mark.parametrize("role", ["marketer", "checker", "rm", "lead", "admin"])
def test_whoever_is_no_evaluator_is_refused(role: str, rated: Rated, chromium: Browser) -> None:
    with at_desk(chromium, rated.base, role) as reader:
        page = reader.page
        found = page.request.get(f"{rated.base}/score", headers={"accept": "text/html"})
        assert found.status == 403 and 'href="/score"' not in found.text()
        for path in ("/score/en/config", "/score/files/0123456789abcdef/pairs.xlsx"):
            assert page.request.get(rated.base + path).status == 403


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_in_chinese_has_the_texts_one_below_the_other(theme: str, rated: Rated, chromium: Browser) -> None:
    own = rated.begun(chromium, f"Chinese {theme}", lines(4, "zh-Hant"))
    options = {"locale": "zh-TW", "width": 390, "height": 844, "theme": theme}
    with at_desk(chromium, rated.base, "jun", **options) as reader:
        page = reader.open(f"/score?session={own}")
        left, right = (page.locator(".sc-text").nth(n).bounding_box() for n in (0, 1))
        assert left is not None and right is not None and right["y"] >= left["y"] + left["height"]
        expect(page.locator("h1")).to_have_text("評文案")
        expect(page.locator(".sc-asked")).to_have_text("讀一遍，讀者是否就明白提供的是什麼、接下來該做什麼？")
        assert page.evaluate(WIDE) <= 0
        page.locator(".sc-choice").nth(2).click()
        page.locator("[data-key=confirm]").click()
        expect(page.locator("[data-key=place]")).to_have_text("第 2 組，共 5 組")
        top = page.locator("[data-key=place]").bounding_box()
        assert top is not None and top["y"] >= 0
