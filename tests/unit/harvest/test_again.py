"""Whether a wording is said again: the same, nearly the same, within other words; never merely alike in a few."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from eval.scorers.again import again
from tests.unit.harness.made import case_with, room_of, scored

OLD = "闲钱可以转成定期存款，年利率{product:TD-24M.rate}。"
GIVEN = {"locale": "zh-Hans"}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (OLD, OLD, True),
        (OLD, "闲钱可以转成定期存款，年利率{product:TD-12M.rate}！", True),
        (OLD, "闲钱可以转为定期存款，年利率{product:TD-24M.rate}。", True),
        (
            OLD,
            "月底了。您的闲钱可以转成定期存款年利率{product:TD-24M.rate}，慢慢看，不急着定，想好了再来网点办。",
            True,
        ),
        (OLD, "年利率{product:TD-24M.rate}，闲钱可以转成定期存款。", True),
        (OLD, "手头宽裕的话，看看{product:TD-24M.name}。", False),
        ("Idle money can earn more in a term deposit.", "Idle money can earn more in a fixed-term deposit.", True),
        ("Idle money can earn more in a term deposit.", "A branch is open on Saturdays.", False),
        ("您好。", "您好！", True),
        ("您好。", "您好，欢迎来网点。", False),
        ("{product:TD-24M.name}", "{product:TD-12M.name}", False),
    ],
)
def test_nearly_the_same_is_the_same(old: str, new: str, same: bool) -> None:
    assert again(old, new) is same


def test_where_nothing_is_written_nothing_is_said(desk: Desk) -> None:
    case = case_with(GIVEN, template=OLD, sentences=[])
    content = {"status": "not_applicable", "why": "too young", "texts": []}
    score = scored("not_again", case, content, room_of(desk))["not_again"]
    assert score.value is None and score.why == "too young"


def test_a_named_sentence_is_looked_for_and_the_rest_of_its_text_may_stand(desk: Desk) -> None:
    rest = "五十元起存，到期自动转存，在手机银行里就能办，也可以带上身份证到附近的网点，请柜台的同事一步一步陪着办好。"
    case = case_with(GIVEN, template=f"{OLD}\n{rest}", sentences=[OLD])
    one = {"text": "", "verdict": "pass", "findings": [], "claims": []}
    for words, value in ((rest, 1.0), (f"{rest}{OLD}", 0.0)):
        content = {"status": "written", "texts": [{**one, "template": words}]}
        assert scored("not_again", case, content, room_of(desk))["not_again"].value == value
