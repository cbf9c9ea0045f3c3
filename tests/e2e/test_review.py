"""A checker's hour in a real browser: one key a decision, packages read folded, nothing decided twice or unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import served
from tests.e2e.working import QUICKLY, WIDE, at_desk, settled, submit, texts_of
from tests.unit.api.staff import PASSWORD

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}"


@dataclass(frozen=True)
class Waiting:
    """The served desk and what waits at it."""

    base: str
    texts: list[str]
    package: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Waiting]:
    home: Path = tmp_path_factory.mktemp("reviewing")
    own = settled(home, index)
    texts = texts_of(own, channels=("sms", "push", "in_app"), ages=("25-34", "35-44", "45-54"))
    submit(own, texts)
    package = submit(own, texts_of(own, locales=("zh-Hans",), ages=("25-34", "35-44")), PAYLOAD)
    own.database.close()
    with served(home, index, **QUICKLY) as base:
        yield Waiting(base, texts, package)


def first_text(page: Page) -> str:
    """Open the first text of the queue and give its id."""
    row = page.locator("li[data-text]:visible").first
    row.locator(".cd-row").click()
    own = row.get_attribute("data-text")
    assert own
    expect(page.locator(f'[data-shown="{own}"]')).to_be_visible()
    return own


def told(base: str, own: str) -> dict[str, object]:
    """A text as the API tells it to a lead."""
    with httpx.Client(base_url=base, headers={"origin": base}, timeout=60) as client:
        client.post("/login", data={"name": "lead", "password": PASSWORD, "to": "/check"})
        found: dict[str, object] = client.get(f"/api/v1/texts/{own}").json()
        return found


def state_of(base: str, own: str) -> str:
    return str(told(base, own)["state"])


def test_a_checker_approves_undoes_and_rejects_by_key(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader:
        page = reader.open("/review")
        own = first_text(page)
        waiting = page.locator("li[data-text]").count()
        page.keyboard.press("a")
        expect(page.locator("li[data-text]")).to_have_count(waiting - 1)
        expect(page.locator(f'[data-decided="{own}"]')).to_contain_text("Approved")
        expect(page.locator("[data-shown]")).not_to_have_attribute("data-shown", own)
        assert state_of(desk.base, own) == "approved"

        page.keyboard.press("u")
        expect(page.locator(f'[data-shown="{own}"]')).to_be_visible()
        expect(page.locator("li[data-text]")).to_have_count(waiting)
        assert state_of(desk.base, own) == "submitted"

        page.locator("[data-comment]").fill("too warm")
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        expect(page.locator("[data-reasons]")).to_be_visible()
        page.keyboard.press("7")
        expect(page.locator(f'[data-decided="{own}"]')).to_contain_text("Rejected")
        last = told(desk.base, own)["decisions"][-1]  # type: ignore[index]
        assert (last["act"], last["reason"], last["comment"]) == ("reject", "tone", "too warm")


def test_keys_move_and_select_and_are_letters_in_a_field(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader:
        page = reader.open("/review")
        own = first_text(page)
        page.keyboard.press("j")
        expect(page.locator("[data-shown]")).not_to_have_attribute("data-shown", own)
        page.keyboard.press("k")
        expect(page.locator("[data-shown]")).to_have_attribute("data-shown", own)
        expect(page).to_have_url(re.compile(f"item={own}"))
        page.reload()
        expect(page.locator(f'[data-shown="{own}"]')).to_be_visible()
        page.keyboard.press("x")
        expect(page.locator("[data-chosen]")).to_have_text("1 selected")
        page.keyboard.press("x")
        page.keyboard.press("/")
        page.keyboard.type("push 44")
        rows = page.locator("li[data-text]:visible")
        expect(rows.first).to_contain_text("35 to 44")
        assert state_of(desk.base, own) == "submitted", "a letter in a field decides nothing"
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_contain_text("Approve")
        page.keyboard.press("a")
        page.keyboard.press("Escape")
        assert state_of(desk.base, own) == "submitted"


def test_what_somebody_else_decided_first_comes_back_and_says_so(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader, at_desk(chromium, desk.base, "chen") as other:
        page, theirs = reader.open("/review"), other.open("/review")
        own = first_text(page)
        expect(theirs.locator(f'li[data-text="{own}"]')).to_be_visible()
        theirs.locator(f'li[data-text="{own}"] .cd-row').click()
        expect(theirs.locator(".cd-trouble")).to_contain_text("Somebody else is deciding")
        page.keyboard.press("a")
        expect(page.locator(f'[data-decided="{own}"]')).to_be_visible()
        theirs.keyboard.press("a")
        expect(theirs.locator(".cd-trouble")).to_be_visible()
        expect(theirs.locator(f'[data-shown="{own}"]')).to_contain_text("Approved")
        decisions = told(desk.base, own)["decisions"]
        assert [one["act"] for one in decisions] == ["submit", "approve"]  # type: ignore[attr-defined]


def test_two_presses_are_one_decision_and_a_lost_line_loses_none(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader:
        page = reader.open("/review")
        own = first_text(page)
        page.locator('[data-act="approve"]').dblclick()
        expect(page.locator(f'[data-decided="{own}"]')).to_be_visible()
        decided = page.locator("[data-decided]").count()
        second = first_text(page)
        assert len(told(desk.base, own)["decisions"]) == 2 and decided == 1  # type: ignore[arg-type]

        page.locator("[data-comment]").fill("kept")
        page.context.set_offline(True)
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.locator("[data-lost]")).to_be_visible()
        page.context.set_offline(False)
        expect(page.locator(f'li[data-text="{second}"]')).to_be_visible()
        assert state_of(desk.base, second) == "submitted"
        reader.trouble.clear()  # the browser tells of the lost line itself


def test_a_package_is_read_a_sentence_at_a_time(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader:
        page = reader.open(f"/review?package={desk.package}")
        expect(page.locator("[data-shown-package]")).to_contain_text(PAYLOAD)
        sentences = page.locator("[data-sentences] li")
        expect(sentences.first).to_be_visible()
        assert sentences.first.locator("p").get_attribute("lang") == "zh-Hans"
        for _ in range(sentences.count()):
            page.keyboard.press("a")
        expect(page.locator("[data-shown-package]")).to_contain_text("You have passed every sentence")
        # Every text whose sentences are all read and that has no finding is approved now.
        figures = page.locator(".cd-figures dd")
        expect(figures.nth(1)).to_have_text(figures.nth(0).inner_text())


def test_words_that_were_asked_for_are_changed_and_shown_beside_the_old(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker") as reader:
        page = reader.open("/review")
        own = first_text(page)
        page.locator("[data-comment]").fill(PAYLOAD)
        page.locator('[data-act="ask"]').click()
        page.locator("[data-reason]").first.click()
        expect(page.locator(f'[data-decided="{own}"]')).to_contain_text("Changes asked")
    with at_desk(chromium, desk.base, "marketer") as reader:
        page = reader.open(f"/review?state=changes_asked&item={own}")
        expect(page.locator(".cd-history")).to_contain_text(PAYLOAD)
        page.keyboard.press("e")
        field = page.locator("[data-words]")
        words = field.input_value()
        field.fill(words + " Guaranteed to rise.")
        expect(page.locator('[data-region="preview"] .cd-badge')).to_have_text("Blocked")
        field.fill(words.replace("Hello", "Good day") + " Thank you.")
        expect(page.locator('[data-region="preview"] .cd-badge')).not_to_have_text("Blocked")
        page.locator("[data-keep]").click()
        expect(page.locator(".cd-diff ins").first).to_be_visible()
        page.locator('[data-act="submit"]').click()
        expect(page.locator(f'li[data-text="{own}"]')).to_have_count(0)
    assert state_of(desk.base, own) == "submitted"


def test_the_review_in_traditional_chinese_on_a_phone(desk: Waiting, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "checker", locale="zh-TW", width=390, height=844) as reader:
        page = reader.open("/review")
        expect(page.locator("h1")).to_have_text("審文案")
        first_text(page)
        expect(page.locator('[data-act="approve"]')).to_be_visible()
        assert page.evaluate(WIDE) == 0
