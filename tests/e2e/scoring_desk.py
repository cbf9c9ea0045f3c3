"""A desk at which evaluators compare texts, and the file of pairs that they begin from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.domain.rating import Half, Pair, Scored
from assistant.settings import Settings
from eval.judge.criteria import load_criteria
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring
from tests.conftest import QUICK
from tests.e2e.working import at_desk

WRITERS = ("model:kingfisher-7b", "house:heron-phrases")
"""Names that stand in no text and no word of the desk, so that either is a leak wherever it is found."""
GOOD, PLAIN = "fixed until spring", "a deposit"
SHOWN = (
    ("en", "Salaried people, 35 to 44", "Your bonus need not wait in the current account. Two years at a fixed rate; you can leave early "
     "and then earn the lower, current rate.", "Term deposit, two years, fixed rate. Open it in the app today."),
    ("zh-Hans", "工薪客户，35–44 岁", "年终奖先别放在活期里。两年期，利率固定；要提前取也行，按活期计息。", "两年期定期存款，利率固定，今天就在手机银行开立。"),
    ("zh-Hant", "薪資客戶，35–44 歲", "年終獎金先別放在活存。兩年期，利率固定；要提前解約也行，依活存計息。", "兩年期定期存款，利率固定，今天就在行動銀行開立。"),
)  # fmt: skip


PAIRS = tuple(
    Pair(
        id=f"secret-{n}",
        cluster=f"c{n}",
        language=language,
        readers=readers,
        a=Half(text=first, source=WRITERS[0]),
        b=Half(text=second, source=WRITERS[1]),
    )
    for n, (language, readers, first, second) in enumerate(SHOWN)
)


def lines(count: int = 12, language: str = "en") -> bytes:
    """A file of pairs: the one writer's texts say that the rate is fixed, the other's say less."""
    rows = [
        {
            "item": f"secret-pair-{n}",
            "cluster": f"secret-cluster-{n % 4}",
            "language": language,
            "readers": f"Readers of group {n}",
            "a": f"Text {n}: your rate stays {GOOD}.",
            "source_a": WRITERS[0],
            "b": f"Text {n}: there is {PLAIN} for you.",
            "source_b": WRITERS[1],
        }
        for n in range(count)
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def compared(desk: Desk, by: Person, pairs: Sequence[Pair] = PAIRS) -> str:
    """Begin a session over pairs of which its beginner has scored some; its id."""
    rules, now = load_rules(), dt.datetime.now(dt.UTC)
    own = Scoring(desk.ratings, rules).begin(
        "Autumn deposit", pairs, rules.rubric(load_criteria().one("tone")), by, now
    )
    session = Scoring(desk.ratings, rules, own)
    for _n in range(2):
        if turn := session.next(by):
            session.score(by, turn.pair, 1, now)
    return own


def file_of(content: bytes, name: str = "may.jsonl") -> Any:
    """A file as a browser's field takes it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@dataclass(frozen=True)
class Rated:
    """The served desk, and its folder."""

    base: str
    home: Path

    def standing(self, session: str, rater: str | None = None) -> list[Scored]:
        """What stands in a session."""
        desk = Desk(Settings(home=self.home, **QUICK))
        found = desk.ratings.standing(session, rater)
        desk.database.close()
        return found

    def begun(self, chromium: Browser, title: str, content: bytes | None = None, by: str = "evaluator") -> str:
        """Begin a session on the page; its id."""
        with at_desk(chromium, self.base, by) as reader:
            return began(reader.open("/score"), title, content or lines())


def began(page: Page, title: str, content: bytes) -> str:
    """Fill in the form that begins a session, and see its first pair; the session's id."""
    form = page.locator("[data-begin]")
    expect(form).to_be_attached()
    if not form.is_visible():
        page.locator("[data-key=begins] summary").click()
    form.locator("[name=title]").fill(title)
    form.locator("[name=file]").set_input_files(file_of(content))
    form.locator("button").click()
    expect(page.locator("[data-session] option:checked")).to_have_text(title)
    expect(page.locator("form[data-pair]")).to_be_visible()
    return str(page.locator("[data-session]").input_value())


def side(page: Page, words: str = GOOD) -> int:
    """On which side the text with some words stands, by its key."""
    return 1 if words in page.locator(".sc-text").first.inner_text() else 3


def answer(page: Page, key: int) -> None:
    """Answer by key, and wait until another pair, or the end, is there."""
    turn = str(page.locator("form[data-pair]").get_attribute("data-pair"))
    page.keyboard.press(str(key))
    expect(page.locator(f"[name=choice][value='{key}']")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f'form[data-pair="{turn}"]')).to_have_count(0)
