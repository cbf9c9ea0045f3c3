"""However a promise or a figure is disguised, the finding's span is exact in the reader's own characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Finding

SIGNS = st.sampled_from(["", ".", "*", "·", " ", "\u200b", "\ufeff", "\u200d", "\u202e", "~", "_"])
AROUND = st.text("好的，。 \u200b先看看", max_size=12)
RATES = [
    "2.9%",
    "２．９％",
    "百分之二点九",
    "2 . 9 %",
    "2.\u200b9%",
    "百分之二點九",
    "290BP",
    "２.9 %",
    "万分之二百九十",
]


def blocks(engine: CheckEngine, text: str, product: str = "TD-24M") -> list[Finding]:
    case = LintCase(text=text, product=product, channel=None, market="cn", locale="zh-Hans")
    return [finding for finding in engine.run(case).findings if finding.severity == "block"]


@settings(deadline=None, max_examples=150)
@given(AROUND, st.lists(SIGNS, min_size=3, max_size=3), AROUND)
def test_a_disguised_promise_is_found_at_its_own_characters(
    engine: CheckEngine, before: str, signs: list[str], after: str
) -> None:
    disguised = "".join(a + b for a, b in zip("稳赚不", signs, strict=True)) + "赔"
    text = f"{before}，{disguised}，{after}"
    found = [one for one in blocks(engine, text, "WM-180D") if one.rule == "CN-GUAR"]
    assert found, text
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.text in disguised and one.text[0] in "稳赚" for one in found), [one.text for one in found]


@settings(deadline=None, max_examples=100)
@given(AROUND, st.sampled_from(RATES), AROUND)
def test_a_wrong_rate_is_found_however_it_is_written(engine: CheckEngine, before: str, rate: str, after: str) -> None:
    text = f"{before}，年利率{rate}，{after}"
    found = [one for one in blocks(engine, text) if one.rule in ("FIG-WRONG", "FIG-UNBOUND")]
    assert [one.text for one in found] == [rate]
    assert text[found[0].start : found[0].end] == rate


@settings(deadline=None, max_examples=60)
@given(AROUND, st.sampled_from(["2.2%", "２．２％", "百分之二点二", "2 . 2 %", "2.\u200b2%", "220BP"]), AROUND)
def test_a_true_rate_passes_however_it_is_written(engine: CheckEngine, before: str, rate: str, after: str) -> None:
    assert not [one for one in blocks(engine, f"{before}，年利率{rate}，{after}") if one.rule.startswith("FIG")]


@settings(deadline=None, max_examples=60)
@given(AROUND, st.sampled_from(["3000元", "３０００元", "三千元", "3千元", "3,000元", "0.3万元", "CNY 3,000"]), AROUND)
def test_a_wrong_sum_is_found_however_it_is_written(engine: CheckEngine, before: str, money: str, after: str) -> None:
    text = f"{before}，起存{money}，{after}"
    found = [one for one in blocks(engine, text) if one.rule in ("FIG-WRONG", "FIG-UNBOUND")]
    assert [one.text for one in found] == [money]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_every_span_of_any_text_lies_in_it(engine: CheckEngine, text: str) -> None:
    case = LintCase(text=text.encode("utf-8", "ignore").decode(), product="TD-24M", channel="sms")
    result = engine.run(case)
    for one in (*result.findings, *result.claims):
        assert 0 <= one.start <= one.end <= len(case.text)
        assert case.text[one.start : one.end] == one.text
