"""What the bank's rules about personal data find is masked, and nothing else."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Cell
from eval.harvest.screen import Screen

CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="35-44", channel="sms", locale="zh-Hans", market="cn")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("证件号11010519491231002X，请删。", "证件号***，请删。"),
        ("写到 li.na88@qmail.example.com 再说", "写到 *** 再说"),
        ("您的余额12.6万，不该写。", "***，不该写。"),
        ("卡号 6222 0212 3456 7894 和手机 138 1234 5678。", "卡号 *** 和手机 ***。"),
        ("年利率{product:TD-24M.rate}，50元起存。", "年利率{product:TD-24M.rate}，50元起存。"),
        ("", ""),
    ],
)
def test_what_identifies_a_person_is_masked_and_nothing_else(desk: Desk, text: str, masked: str) -> None:
    screen = Screen(desk)
    assert screen(text, CELL) == masked
    assert screen(text, CELL) == masked and screen.masked == masked.count("***")
