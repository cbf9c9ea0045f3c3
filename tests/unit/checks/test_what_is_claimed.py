"""What is a claim: numbers in words, other money, lists by term, how often an amount falls due; and what is none."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine, rule_problems
from assistant.domain.pack import Asides, Pack


def figures(engine: CheckEngine, text: str, **given: Any) -> dict[str, str]:
    """What became of each figure of a text."""
    result = engine.run(LintCase(text=text, **given))
    return {claim.text: claim.status for claim in result.claims if claim.kind not in ("product", "campaign", "flag")}


WORDS = [
    ("It pays two point two per cent a year.", {"two point two per cent": "bound"}),
    ("It pays two point five per cent a year.", {"two point five per cent": "contradicted"}),
    ("From fifty yuan, for twenty-four months.", {"fifty yuan": "bound", "twenty-four months": "bound"}),
    ("From five hundred yuan.", {"five hundred yuan": "contradicted"}),
    ("From CNY 50, not 50 US dollars.", {"CNY 50": "bound", "50 US dollars": "contradicted"}),
]


@pytest.mark.parametrize(("text", "said"), WORDS, ids=[text for text, _ in WORDS])
def test_english_numerals_are_read(engine: CheckEngine, text: str, said: dict[str, str]) -> None:
    assert figures(engine, text, product="TD-24M", locale="en") == said


def test_a_week_of_notice_is_not_a_day(engine: CheckEngine) -> None:
    assert figures(engine, "It needs a week of notice.", product="ND-1D", locale="en") == {"a week": "contradicted"}
    assert figures(engine, "It needs a week of notice.", product="ND-7D", locale="en") == {"a week": "bound"}


def test_other_money_is_not_the_catalogues(engine: CheckEngine) -> None:
    assert figures(engine, "新臺幣50元起存。", product="TD-24M", locale="zh-Hant") == {"新臺幣50元": "contradicted"}
    assert figures(engine, "人民幣50元起存。", product="TD-24M", locale="zh-Hant") == {"人民幣50元": "bound"}


def test_a_list_by_term_tells_of_several_products(engine: CheckEngine) -> None:
    right = "一年期年利率1.75%，两年期年利率2.25%，三年期年利率2.45%。"
    assert set(figures(engine, right, product="CD-24M").values()) == {"bound"}
    wrong = figures(engine, right.replace("2.45%", "2.55%"), product="CD-24M")
    assert wrong["2.55%"] == "contradicted"


def test_a_yearly_amount_is_not_a_monthly_one(engine: CheckEngine) -> None:
    assert figures(engine, "保费每年360元。", product="INS-TERM") == {"360元": "bound"}
    case = LintCase(text="保费每月360元。", product="INS-TERM", age=30)
    (finding,) = [one for one in engine.run(case).findings if one.rule == "FIG-WRONG"]
    assert "每年" in finding.message


def test_a_voucher_is_judged_by_the_words_beside_each_figure(engine: CheckEngine) -> None:
    given = {"product": "CC-STD", "campaign": "C2-CARD"}
    assert figures(engine, "单笔满500元抵50元。", **given) == {"500元": "bound", "50元": "bound"}
    assert figures(engine, "单笔满500元抵100元。", **given)["100元"] == "contradicted"


def test_a_time_of_the_customers_own_is_no_claim(engine: CheckEngine) -> None:
    assert figures(engine, "近两年要用的钱请先留好。", product="WM-720D") == {}


def test_things_that_are_counted_in_words_are_claims_only_where_they_name_a_field(engine: CheckEngine) -> None:
    assert figures(engine, "三项小任务做完就能领券。", campaign="A5-WELCOME") == {"三项": "contradicted"}
    assert figures(engine, "费用、期限、赎回这三项请看清。", campaign="A5-WELCOME") == {}


def test_a_campaigns_last_day_is_a_fact(engine: CheckEngine) -> None:
    assert figures(engine, "活动到11月11日为止。", campaign="C2-CARD") == {"11月11日": "bound"}
    assert figures(engine, "活动到11月12日为止。", campaign="C2-CARD")["11月12日"] != "bound"


def test_a_rate_that_nothing_in_the_catalogue_has_blocks_even_without_a_product(engine: CheckEngine) -> None:
    assert [
        f.rule for f in engine.run(LintCase(text="定期存款利率高达7.7%。", market="cn")).findings if "FIG" in f.rule
    ]
    assert not [f.rule for f in engine.run(LintCase(text="定期存款年利率2.2%。")).findings if "FIG" in f.rule]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("想听同事讲请按1，不再接听请按9。", "zh-Hans"),
        ("大概说两三分钟。", "zh-Hans"),
        ("半年内用不着的钱再放进来。", "zh-Hans"),
        ("先留三个月的生活费。", "zh-Hans"),
        ("Press 1 for a colleague, press 2 to stop the calls.", "en"),
    ],
)
def test_keys_rough_times_and_the_customers_own_times_are_no_claims(
    engine: CheckEngine, text: str, locale: str
) -> None:
    assert figures(engine, text, product="WM-90D", locale=locale) == {}


@pytest.mark.parametrize("text", ["云渚两年定期存款，存3年不用管。", "云渚两年定期存款，3年内不用操心。"])
def test_a_time_that_nobody_says_he_needs_the_money_in_is_the_products(engine: CheckEngine, text: str) -> None:
    assert figures(engine, text)["3年"] == "contradicted"


def test_asides_that_are_no_pattern_are_told_when_the_pack_is_checked(bank: Pack) -> None:
    lexicon = bank.lexicon["en"]
    spoilt = lexicon.model_copy(update={"asides": Asides(keys=("press(",), times=("(a+)+b",))})
    told = [
        str(problem) for problem in rule_problems(dataclasses.replace(bank, lexicon={**bank.lexicon, "en": spoilt}))
    ]
    assert any("press(" in line and "is no pattern" in line for line in told)
    assert any("exponential" in line for line in told)
