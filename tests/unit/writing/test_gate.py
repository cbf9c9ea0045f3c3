"""The gate binds what a writer delivers, whatever wrote it, and keeps the proof."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Cell
from assistant.domain.draft import Variant
from assistant.domain.pack import Pack
from assistant.writing.drafts import Draft, Job
from assistant.writing.gate import Gate

CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="25-34", channel="sms", locale="zh-Hans", market="cn")


@pytest.fixture
def gate(bank: Pack, engine: CheckEngine) -> Gate:
    """The gate over the sample pack."""
    return Gate(bank, engine)


def through(gate: Gate, bank: Pack, template: str) -> Variant:
    """A draft of the two-year deposit, after the gate."""
    job = Job(CELL, bank.products["TD-24M"], (), 3, "", dt.date(2026, 12, 1))
    return gate.pass_through(job, Draft(template, "gain"), "test", "run", 0)


def test_a_template_is_framed_filled_and_bound(gate: Gate, bank: Pack) -> None:
    variant = through(gate, bank, "{product.name}，年利率{product.rate}，{product.minimum}起存。")
    assert variant.text.startswith("【云渚银行】云渚两年定期存款，年利率2.2%，50元起存。")
    assert variant.text.endswith("拒收请回复R")
    assert "{product:TD-24M.rate}" in variant.template
    assert variant.verdict == "pass"
    assert {c.fact.split("@")[0] for c in variant.claims if c.kind == "rate"} == {
        "products/term_deposits.yaml#TD-24M.rate"
    }


def test_a_literal_figure_becomes_a_slot(gate: Gate, bank: Pack) -> None:
    """A model that ignored the rule wrote figures; true ones are bound, and re-rendering follows the catalogue."""
    variant = through(gate, bank, "闲钱存两年，年利率百分之二点二，五十元起存。")
    assert "{product:TD-24M.rate}" in variant.template and "{product:TD-24M.minimum}" in variant.template
    assert "2.2%" in variant.text and "百分之" not in variant.text
    assert variant.verdict == "pass"


def test_a_false_literal_figure_blocks(gate: Gate, bank: Pack) -> None:
    variant = through(gate, bank, "闲钱存起来，年利率2.9%。")
    assert variant.verdict == "block"
    assert "FIG-WRONG" in {finding.rule for finding in variant.findings}


def test_an_unknown_slot_is_left_visible_and_blocks(gate: Gate, bank: Pack) -> None:
    variant = through(gate, bank, "送您{product.gift}。")
    assert variant.verdict == "block"
    assert "FORM-SLOT" in {finding.rule for finding in variant.findings}


def test_a_customer_slot_is_not_filled_in_a_message(gate: Gate, bank: Pack) -> None:
    assert through(gate, bank, "{customer.salutation}，您好。").verdict == "block"


def test_an_alias_stays_as_it_was_said(gate: Gate, bank: Pack) -> None:
    variant = through(gate, bank, "放活期的钱，可以存{product.name}。")
    assert "放活期的钱" in variant.text


def test_every_span_of_a_claim_is_its_own_words(gate: Gate, bank: Pack) -> None:
    variant = through(gate, bank, "{product.name}，年利率{product.rate}。详见{campaign.link}")
    assert [variant.text[c.start : c.end] for c in variant.claims] == [c.text for c in variant.claims]


def test_disclosures_hang_on_what_is_said(gate: Gate, bank: Pack) -> None:
    with_rate = through(gate, bank, "年利率{product.rate}。")
    without = through(gate, bank, "闲钱可以存起来。")
    wording = bank.disclosures["deposit_posted_rate"].wording("CN", "zh-Hans", "short") or ""
    assert wording.rstrip("。") in with_rate.text and wording.rstrip("。") not in without.text
