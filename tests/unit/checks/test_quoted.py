"""Words that a text only quotes, refuses or denies are not its own."""

from __future__ import annotations

from typing import Any

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine


def rules(engine: CheckEngine, text: str, **given: Any) -> set[str]:
    """The rules that block a text."""
    return {f.rule for f in engine.run(LintCase(text=text, **given)).findings if f.severity == "block"}


def test_a_warning_against_fraud_may_quote_the_swindlers(engine: CheckEngine) -> None:
    assert not rules(
        engine, "有人冒用本行名义，以“保本保息”“稳赚不赔”拉人入群，都是骗局。", locale="zh-Hans", market="cn"
    )


def test_a_text_that_offers_something_quotes_its_own_promise(engine: CheckEngine) -> None:
    text = "谨防诈骗！云渚半年封闭理财“保本保息”，欢迎了解。"
    assert "CN-GUAR" in rules(engine, text, locale="zh-Hans", market="cn")


def test_a_promise_outside_the_quotes_of_a_warning_blocks(engine: CheckEngine) -> None:
    assert rules(
        engine, "谨防诈骗，买我们的理财保本保息、稳赚不赔。", product_type="wealth", market="cn", locale="zh-Hans"
    )


def test_a_gift_that_is_refused_is_none(engine: CheckEngine) -> None:
    assert "HOUSE-GIFT" not in rules(engine, "存款不送礼品，也不返现。", product="TD-36M")
    assert "HOUSE-GIFT" in rules(engine, "存款送行李箱一个。", product="TD-36M")


def test_what_a_campaign_forbids_may_be_denied(engine: CheckEngine) -> None:
    assert "CAMPAIGN-FORBID" not in rules(engine, "Not everyone wins.", campaign="A1-OPEN", locale="en")
    assert "CAMPAIGN-FORBID" in rules(engine, "Everyone wins.", campaign="A1-OPEN", locale="en")
