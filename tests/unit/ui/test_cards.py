"""Cards, folds and proofs: everything that came from outside is escaped, each claim shows its fact."""

from __future__ import annotations

import re

import pytest

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.finding import Claim
from assistant.domain.pack import Pack
from assistant.domain.values import LOCALES, Locale
from assistant.errors import UnknownId
from ui.pages.check import looked
from ui.parts.cards import Cards
from ui.parts.checked import checked
from ui.parts.folds import failed, forbidden
from ui.parts.notice import trouble
from ui.parts.proof import Prover
from ui.words import words_of

EVIL = '"><script>alert(1)</script>'
CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="25-34", channel="sms", locale="zh-Hans", market="cn")


def prover(bank: Pack, locale: Locale = "en") -> Prover:
    """A prover in a page's language."""
    return Prover(bank, words_of(locale))


def bound(bank: Pack, slot: str, **over: object) -> Claim:
    """A claim that the pack's fact proves."""
    fact = bank.fact(slot)
    words = {"text": "2.2%", "start": 0, "end": 4, "kind": fact.kind, "fact": fact.ref, "status": "bound"}
    return Claim.model_validate({**words, **over})


def test_a_proof_names_fact_source_version_and_what_the_catalogue_says(bank: Pack) -> None:
    html = str(prover(bank).claims([bound(bank, "product:TD-24M.rate")], "en", "v1"))
    seen = html.replace("<wbr>", "")
    assert "products/term_deposits.yaml#TD-24M.rate" in seen
    assert f"<code>{bank.fact('product:TD-24M.rate').version}</code>" in html
    assert '<dd class="cd-says" lang="en">2.2%</dd>' in html and 'id="claim-v1-0"' in html


def test_a_proof_that_the_catalogue_has_outgrown_says_so(bank: Pack) -> None:
    fact = bank.fact("product:TD-24M.rate")
    old = fact.ref.replace(fact.version, "00000000")
    html = str(prover(bank).claims([bound(bank, "product:TD-24M.rate", fact=old)], "en", "v1"))
    assert f"now 2.2%, version {fact.version}" in html
    gone = str(prover(bank).claims([bound(bank, "product:TD-24M.rate", fact=f"x.yaml#{EVIL}@1")], "en", "v1"))
    assert "no longer has this fact" in gone and "<script" not in gone


@pytest.mark.parametrize("locale", LOCALES)
def test_a_hostile_variant_is_text_in_every_language(bank: Pack, locale: Locale) -> None:
    claim = bound(bank, "product:TD-24M.rate", text=EVIL)
    variant = Variant(
        id=EVIL, text=EVIL, template=EVIL, angle=EVIL, writer=EVIL, verdict="warn", findings=[], claims=[claim]
    )
    done = Written(cell=CELL, status="written", why="", variants=[variant])
    html = str(Cards(prover(bank, locale)).page([(done, variant)]))
    assert "<script" not in html and html.count("&lt;script&gt;") >= 3
    assert '<p class="cd-text" lang="zh-Hans">' in html


def test_forbidden_cells_are_folded_with_their_reason(bank: Pack) -> None:
    done = [Written(cell=CELL, status="not_applicable", why=f"audience: {EVIL}", variants=[])]
    html = str(forbidden(done, Cards(prover(bank))))
    assert html.startswith("<details") and "The segment has nobody of this age" in html and "<script" not in html
    assert forbidden([], Cards(prover(bank))) == ""


def test_failed_cells_stand_open_with_why(bank: Pack) -> None:
    html = str(failed([Written(cell=CELL, status="failed", why=EVIL, variants=[])], Cards(prover(bank))))
    assert "<details" in html and " open>" in html and "&lt;script&gt;" in html and "<script" not in html


def test_a_checked_text_shows_findings_with_their_law(bank: Pack, engine: CheckEngine) -> None:
    text = "云渚两年定期存款，年利率3.5%。"
    result = engine.run(LintCase(text=text))
    html = str(checked(text, result, "zh-Hans", prover(bank)))
    wrong = next(one for one in result.findings if one.rule == "FIG-WRONG")
    assert all(part in html for part in wrong.reference.split("；"))
    assert "cd-contradicted" in html and "BLOCK" in html
    assert not re.search(r"<script", html)


def test_an_error_is_told_in_words_and_escaped() -> None:
    html = str(trouble(UnknownId("channel", EVIL, ["sms"]), words_of("zh-Hant")))
    assert 'role="alert"' in html and "There is no channel" in html and "<script" not in html


def test_the_check_page_answers_for_empty_long_and_unknown(desk, bank: Pack) -> None:  # type: ignore[no-untyped-def]
    ours = prover(bank)
    assert "cd-empty" in looked(desk, ours, "  ")
    assert "at most 5000" in looked(desk, ours, "字" * 5001)
    assert "by the name of “TD-99M”" in looked(desk, ours, "text", None, "TD-99M")
