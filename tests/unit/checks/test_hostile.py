"""A text of any make is checked in time that grows with its length, not with its square.

Each text of 60,000 characters takes about a second of CPU; the limit is what it would take many times over if a run of
words, digits or names were read again from each of its places.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine

SIZE = 60_000
CPU_SECONDS = 25
MADE_OF = {
    "days that end nothing": "今天",
    "days of a campaign": "今天活动",
    "rates": "年利率7.7%，",
    "quotes in a warning": "骗子“保本9.9%”",
    "coupons": "满500元抵50元",
    "terms in a list": "一年期1.75%，",
    "one number in words": "two hundred and ",
    "one number in Chinese": "一二三四五六七八九十",
    "one number in digits": "9",
    "a version number": "1.",
    "an amount with commas": "1,",
    "names without a stop": "云渚两年定期存款2.2%，",
    "names and claims": "云渚两年定期存款2.2%。随时可取",
    "promises": "最好的收益",
}


@pytest.fixture
def limited() -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError(f"more than {CPU_SECONDS} s of CPU for {SIZE} characters")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("piece", MADE_OF.values(), ids=MADE_OF)
@pytest.mark.parametrize("given", [{}, {"product": "CD-24M", "campaign": "C2-CARD", "send_at": "2026-11-01"}], ids=len)
def test_a_long_text_of_one_piece_is_checked(engine: CheckEngine, piece: str, given: dict[str, str]) -> None:
    text = (piece * SIZE)[:SIZE] + "。"
    locale = "en" if piece.isascii() else "zh-Hans"
    checked = engine.run(LintCase.model_validate({"text": text, "locale": locale, "market": "cn", **given}))
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in checked.findings)
