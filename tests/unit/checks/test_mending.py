"""A mend is shown only where making it takes the finding away and brings no other."""

from __future__ import annotations

import pytest

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.checks.mending import linted, mended


def sms(text: str, **given: object) -> LintCase:
    """A text message about the two-year deposit."""
    return LintCase(text=text, channel="sms", product="TD-24M", consent=True, send_at="2026-11-23T10:00", **given)


GOOD = "【云渚银行】云渚两年定期存款，年利率2.2%，50元起存。利率以办理当日公布为准。拒收请回复R"


def test_a_lawful_text_has_nothing_to_mend(engine: CheckEngine) -> None:
    assert linted(engine, sms(GOOD)).findings == []


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (GOOD.replace("2.2%", "2.5%"), "FIG-WRONG"),
        (GOOD.replace("50元", "500元"), "FIG-WRONG"),
        (GOOD.replace("【云渚银行】", ""), "CN-SMS"),
        (GOOD.replace("拒收请回复R", ""), "CN-SMS"),
        (GOOD.replace("利率以办理当日公布为准。", ""), "HOUSE-OWED"),
    ],
    ids=["a wrong rate", "a wrong minimum", "no signature", "no way out", "no warning"],
)
def test_the_mend_makes_the_text_pass(engine: CheckEngine, wrong: str, rule: str) -> None:
    result = linted(engine, sms(wrong))
    (finding,) = [one for one in result.findings if one.rule == rule]
    assert finding.mend is not None
    assert engine.run(sms(mended(wrong, finding.mend))).verdict == "pass"


def test_mends_that_nobody_tried_are_not_told(engine: CheckEngine) -> None:
    wrong = engine.run(sms(GOOD.replace("2.2%", "2.5%")))
    assert wrong.findings and all(finding.mend is None for finding in wrong.findings)


def test_a_promise_has_no_certain_mend(engine: CheckEngine) -> None:
    case = LintCase(text="这款理财稳赚不赔。", product="WM-90D")
    promise = next(one for one in linted(engine, case).findings if one.rule == "CN-GUAR")
    assert promise.mend is None


def test_a_mend_that_would_bring_another_finding_is_not_shown(engine: CheckEngine) -> None:
    """The right rate would be another product's minimum's neighbour only; a warning that the text forbids is none."""
    case = LintCase(text="云渚两年定期存款，年利率2.5%。" * 30, channel="push", product="TD-24M")
    for finding in linted(engine, case).findings:
        if finding.mend:
            after = engine.run(case.model_copy(update={"text": mended(case.text, finding.mend)}))
            assert len(after.findings) < len(engine.run(case).findings)


def test_explaining_tells_of_every_rule_what_it_did(engine: CheckEngine) -> None:
    case = LintCase(text="本产品不保本，年利率2.9%。", product="TD-24M")
    told = engine.explain(case)
    assert {one.rule for one in told} == set(engine.pack.rules)
    by_rule = {(one.rule, one.outcome) for one in told}
    assert ("FIG-WRONG", "found") in by_rule and ("TW-GUAR", "out_of_scope") in by_rule
    assert any(one.rule == "TONE-ELDER" and "age" in one.why for one in told)


def test_explaining_says_why_a_word_is_harmless(engine: CheckEngine) -> None:
    told = engine.explain(LintCase(text="云渚九十天周期理财不保本。", product="WM-90D"))
    (guarantee,) = [one for one in told if one.rule == "CN-GUAR" and one.outcome == "spared"][:1]
    assert "不保本" in guarantee.why or "保本" in guarantee.why
