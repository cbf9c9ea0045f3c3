"""Each figure, date and product name of a text is matched with a fact of the right kind and product, or reported."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Checked


def lint(engine: CheckEngine, text: str, **given: Any) -> Checked:
    """The result for a text about the two-year deposit, unless another product is named."""
    given.setdefault("product", "TD-24M")
    return engine.run(LintCase(text=text, **given))


TRUE = [
    ("云渚两年定期存款，年利率2.2%，50元起存。", {"rate", "money", "product"}),
    ("年利率百分之二点二，存24个月。", {"rate", "term"}),
    ("雲渚兩年期定期存款，年利率2.2%，人民幣50元起存。", {"rate", "money", "product"}),
    ("Islet two-year term deposit pays 2.2% a year from CNY 50.", {"rate", "money", "product"}),
    ("提前支取按0.05%计息。", {"rate"}),
]


@pytest.mark.parametrize(("text", "kinds"), TRUE, ids=[text for text, _ in TRUE])
def test_true_figures_are_bound_to_their_facts(engine: CheckEngine, text: str, kinds: set[str]) -> None:
    claims = lint(engine, text).claims
    assert {claim.kind for claim in claims} == kinds
    assert all(claim.status == "bound" and "@" in (claim.fact or "") for claim in claims), claims


WRONG = [
    ("云渚两年定期存款，年利率2.3%。", "2.3%"),
    ("云渚两年定期存款，500元起存。", "500元"),
    ("云渚两年定期存款，存3年。", "3年"),
    ("Islet two-year term deposit pays 2.5% a year.", "2.5%"),
]


@pytest.mark.parametrize(("text", "figure"), WRONG, ids=[text for text, _ in WRONG])
def test_a_wrong_figure_blocks_and_says_what_the_catalogue_says(engine: CheckEngine, text: str, figure: str) -> None:
    result = lint(engine, text)
    (finding,) = [one for one in result.findings if one.rule.startswith("FIG-")]
    assert (finding.text, finding.severity, result.verdict) == (figure, "block", "block")
    claim = next(one for one in result.claims if one.text == figure)
    assert claim.status in ("contradicted", "unknown")


def test_a_contradicted_figure_names_the_fact(engine: CheckEngine) -> None:
    result = lint(engine, "云渚两年定期存款，年利率2.3%。")
    (finding,) = [one for one in result.findings if one.rule == "FIG-WRONG"]
    assert "product:TD-24M.rate = 2.2%" in finding.message


def test_a_benchmark_called_a_rate_is_the_right_number_in_the_wrong_field(engine: CheckEngine) -> None:
    said = engine.pack.facts["product:WM-180D.benchmark"].value
    result = lint(engine, f"云渚半年封闭理财，年利率{said}%。", product="WM-180D")
    assert "FIG-WRONG" in {finding.rule for finding in result.findings}


def test_the_nearest_product_owns_the_figure(engine: CheckEngine) -> None:
    """2.35% is true of the three-year deposit and of no other."""
    three = engine.pack.products["TD-36M"].name["zh-Hans"]
    claims = lint(engine, f"{three}年利率2.35%。", product=None).claims
    assert [claim.fact.split("@")[0] for claim in claims if claim.kind == "rate"] == [
        "products/term_deposits.yaml#TD-36M.rate"
    ]


def test_a_reward_and_a_quota_are_the_campaigns(engine: CheckEngine) -> None:
    facts = engine.pack.facts
    quota = facts["campaign:B6-ANNIV.quota"].value
    right = lint(engine, f"周年抽奖，最高68元，共{quota}份。", product=None, campaign="B6-ANNIV")
    assert {claim.status for claim in right.claims if claim.kind in ("money", "count")} == {"bound"}
    wrong = lint(engine, "周年抽奖，最高680元。", product=None, campaign="B6-ANNIV")
    assert wrong.verdict == "block"


def test_without_a_product_an_unbound_figure_is_listed_and_is_no_finding(engine: CheckEngine) -> None:
    result = engine.run(LintCase(text="月底前凑够3000元。"))
    assert [(claim.text, claim.status) for claim in result.claims] == [("3000元", "unknown")]
    assert not [finding for finding in result.findings if finding.rule.startswith("FIG-")]


def test_an_invented_product_is_reported(engine: CheckEngine) -> None:
    result = lint(engine, "云渚天天赢理财，安心之选。", product=None)
    assert "NAME-INVENTED" in {finding.rule for finding in result.findings}


def test_a_foreign_link_is_reported(engine: CheckEngine) -> None:
    result = lint(engine, "详情见https://m.islet.example.evil.com/b1")
    assert "FORM-LINK" in {finding.rule for finding in result.findings}


def test_a_span_counts_the_readers_own_characters(engine: CheckEngine) -> None:
    text = "云渚两年定期存款，年利率２．\u200b３％。"
    finding = next(one for one in lint(engine, text).findings if one.rule.startswith("FIG-"))
    assert text[finding.start : finding.end] == finding.text == "２．\u200b３％"


def test_a_rule_whose_input_is_missing_stands_in_not_checked(engine: CheckEngine) -> None:
    result = lint(engine, "【云渚银行】周末愉快。拒收请回复R", channel="sms")
    needed = {missing.rule: missing.needs for missing in result.not_checked}
    assert "CN-SMS" in needed and {"send_at", "consent"} <= set(needed["CN-SMS"])


def test_suitability_comes_from_data(engine: CheckEngine) -> None:
    case = {"product": "WM-720D", "risk": "C2", "risk_assessed_at": "2026-10-01", "send_at": "2026-11-22"}
    assert "CN-SUIT" in {f.rule for f in lint(engine, "看看这款理财。", **case).findings}
    assert "CN-SUIT" not in {f.rule for f in lint(engine, "看看这款理财。", **{**case, "risk": "C3"}).findings}
