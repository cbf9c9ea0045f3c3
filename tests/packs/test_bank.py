"""The sample pack holds what it promises."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from assistant.bootstrap.checking import pack_problems
from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.catalogue import Campaign
from assistant.domain.pack import Pack
from assistant.domain.values import LOCALES, Locale
from tests.conftest import BANK

SCENARIOS = "A1 A2 A3 A4 A5 B1 B2 B3 B4 B5 B6 B7 C1 C2 C3 C4 C5 D1 D2 D4 E1 E2 E3 E4 E5 F5".split()
RULES = (
    "CN-ABS CN-GUAR CN-ENDORSE CN-INDUCE CN-BENCH CN-PERF CN-RISK CN-WMDEP CN-SUIT CN-PRIVATE CN-65 CN-LOAN CN-LOANLURE "
    "CN-DEP CN-STRUCT CN-INS CN-REGBACK CN-SMS CN-PII CN-ADM CN-AIGC TW-GUAR TW-REG TW-BAL TW-FUND TW-APR TW-CARD TW-TRUST "
    "TW-PDPA TW-LINK UK-FCNM US-2210 US-TCPA US-UDAAP"
).split()


def test_the_pack_is_sound() -> None:
    assert [str(problem) for problem in pack_problems(BANK)[1]] == []


def test_it_has_45_products_of_every_type(bank: Pack) -> None:
    types = Counter(product.type for product in bank.products.values())
    assert sum(types.values()) >= 45
    assert set(types) == set(bank.institution.product_types)
    assert {p.risk for p in bank.products.values() if p.type == "wealth"} == {"R1", "R2", "R3", "R4", "R5"}


def test_the_words_of_the_contract_hold(bank: Pack) -> None:
    deposit, wealth = bank.products["TD-24M"], bank.products["WM-180D"]
    assert (deposit.type, str(deposit.facts["rate"].value), deposit.facts["term"].value.measure) == (
        "term_deposit",
        "2.20",
        ("months", 24),
    )
    assert (wealth.type, wealth.risk) == ("wealth", "R2")
    assert bank.institution.home_city == "宁波"


def test_every_scenario_has_a_campaign(bank: Pack) -> None:
    assert len(bank.campaigns) >= 30
    assert set(SCENARIOS) <= {campaign.scenario for campaign in bank.campaigns.values()}


def test_audiences_and_channels_are_complete(bank: Pack) -> None:
    assert len(bank.segments) >= 8
    assert list(bank.ages) == ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]
    assert set(bank.channels) == {"sms", "push", "in_app", "wecom", "email", "robot_call", "call"}


def test_every_rule_of_the_law_is_there(bank: Pack) -> None:
    assert set(RULES) <= set(bank.rules)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2031])
def test_no_campaign_is_ever_over(bank: Pack, year: int) -> None:
    day = dt.date(year, 11, 22)
    assert [c.id for c in bank.campaigns.values() if c.period.next_from(day) is None] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_each_locale_has_guides(bank: Pack, locale: str) -> None:
    files = {guide.source.rsplit("/", 1)[1] for guide in bank.guides if guide.locale == locale}
    assert files == {"house_style.md", "product_stories.md", "objections.md"}


def test_locales_are_parallel_in_kind_and_number(bank: Pack) -> None:
    counts = {
        locale: Counter(
            (p.form or p.role, p.campaign) for p in book.phrases if p.role in ("title", "body") and p.campaign
        )
        for locale, book in bank.books.items()
    }
    for locale in LOCALES:
        offered = {campaign.id for campaign in bank.campaigns.values() if _sold(bank, campaign, locale)}
        assert {pair for pair in counts["zh-Hans"] if pair[1][0] in offered} <= set(counts[locale]), locale
        assert min(counts[locale].values()) >= 5, locale


def _sold(bank: Pack, campaign: Campaign, locale: Locale) -> bool:
    """Whether some market that speaks the locale sells anything of the campaign."""
    markets = {name for name, market in bank.institution.markets.items() if locale in market.locales}
    offers = [bank.products[own] for own in campaign.offers]
    return not offers or any(not product.markets or markets & set(product.markets) for product in offers)


def test_traditional_text_is_no_converted_simplified(bank: Pack) -> None:
    """Taiwan's own words stand in it, the mainland's do not."""
    text = "".join(phrase.text for phrase in bank.books["zh-Hant"].phrases)
    for foreign in ("賬戶", "手機銀行", "短信", "網點", "網絡", "屏幕"):
        assert foreign not in text, foreign
    for own in ("帳戶", "行動銀行", "專員"):
        assert own in text, own


def test_every_yaml_names_its_schema() -> None:
    bare = [str(p.relative_to(BANK)) for p in BANK.rglob("*.yaml") if "$schema=" not in p.read_text("utf-8")[:200]]
    assert bare == []


def test_names_and_disclosures_pass_the_checks_themselves(bank: Pack, engine: CheckEngine) -> None:
    """Linted without exemption, so that nothing whitelists itself by its name."""
    lexical = {"CN-ABS", "CN-GUAR", "CN-INDUCE", "CN-ENDORSE", "TW-GUAR", "US-2210", "UK-FCNM"}
    stripped = CheckEngine(_nameless(bank))
    named = [*bank.products.values(), *bank.campaigns.values()]
    found = [
        (thing.id, finding.rule)
        for thing in named
        for locale, name in thing.name.items()
        for finding in stripped.run(LintCase(text=name, locale=locale)).findings
        if finding.rule in lexical
    ]
    assert found == []


def _nameless(bank: Pack) -> Pack:
    from dataclasses import replace

    return replace(bank, products={}, campaigns={}, disclosures={}, guides=(), asked={})
