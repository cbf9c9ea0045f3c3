"""Recall lists the texts that a change touches, all of them and no other, with the reason and the mend."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.domain.values import FactValue
from assistant.review.recall import Touched
from assistant.settings import Settings

CAMPAIGNS = ("B1-TERM2Y", "E1-BROWSE", "B2-WEALTH")


@pytest.fixture(scope="module")
def written(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that has written three campaigns."""
    desk = _desk(tmp_path_factory.mktemp("recall") / "home", bank, engine)
    for campaign in CAMPAIGNS:
        brief = Brief(
            campaign=campaign,
            segments=("salary",),
            ages=("35-44",),
            channels=("sms", "email"),
            locales=bank.locales,
            send_on=dt.date(2026, 11, 23),
        )
        asyncio.run(_drain(desk.matrix.write(brief)))
    return desk


def _desk(home: Path, pack: Pack, engine: CheckEngine) -> Desk:
    made = Desk(Settings(home=home))
    made.__dict__.update(pack=pack, engine=engine)
    return made


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass


def changed(pack: Pack, **parts: Any) -> Pack:
    """The pack with some of its parts replaced, and another version."""
    return dataclasses.replace(pack, files={**pack.files, "changed": "1"}, **parts)


def recalled(desk: Desk, pack: Pack) -> list[Touched]:
    """What the desk's drafts are touched by under another pack."""
    return _desk(desk.settings.home, pack, CheckEngine(pack)).recall()


def with_rate(pack: Pack, product: str, key: str, percent: str) -> Pack:
    """The pack with one rate changed."""
    old = pack.products[product]
    facts = {**old.facts, key: FactValue.model_validate({old.facts[key].kind: f"{percent}%"})}
    return changed(pack, products={**pack.products, product: old.model_copy(update={"facts": facts})})


def drafts(desk: Desk) -> list[Any]:
    """Every kept draft."""
    return list(desk.recalls.drafts())


def test_nothing_changed_touches_nothing(written: Desk) -> None:
    assert written.recall() == []


def test_a_changed_rate_touches_exactly_the_texts_that_state_it(written: Desk) -> None:
    stating = {row["id"] for row in drafts(written) if any("TD-24M.rate@" in (c["fact"] or "") for c in row["claims"])}
    assert stating, "some text states the rate"
    touched = recalled(written, with_rate(written.pack, "TD-24M", "rate", "2.1"))
    assert {one.asset.id for one in touched} == stating
    reason = touched[0].why[0]
    assert (reason.kind, reason.what, reason.old, reason.new) == ("fact", "TD-24M.rate", "2.2%", "2.1%")


def test_new_values_are_enough_where_only_a_value_changed(written: Desk) -> None:
    assert {one.mend for one in recalled(written, with_rate(written.pack, "TD-24M", "rate", "2.1"))} == {"render"}


def test_a_fact_that_is_gone_needs_words(written: Desk) -> None:
    pack = written.pack
    old = pack.products["TD-24M"]
    facts = {key: value for key, value in old.facts.items() if key != "rate"}
    without = changed(pack, products={**pack.products, "TD-24M": old.model_copy(update={"facts": facts})})
    touched = recalled(written, without)
    assert touched and {one.mend for one in touched} == {"write"}


def test_a_disclosure_worded_anew_touches_the_texts_that_print_it(written: Desk) -> None:
    pack = written.pack
    old = pack.disclosures["wealth_not_deposit"]
    words = {"zh-Hans": "理财产品不是存款，买者自负"}
    tables = {
        name: {**getattr(old, name), "CN": {**getattr(old, name)["CN"], **words}}
        for name in ("jurisdictions", "short", "spoken")
    }
    anew = {**pack.disclosures, old.id: old.model_copy(update=tables)}
    printing = {row["id"] for row in drafts(written) if old.short["CN"]["zh-Hans"] in row["text"]}
    touched = recalled(written, changed(pack, disclosures=anew))
    assert {one.asset.id for one in touched if one.why[0].kind == "disclosure"} == printing
    assert printing and all(one.mend == "write" for one in touched)


def test_a_rule_that_forbids_more_touches_the_texts_that_say_it(written: Desk) -> None:
    pack = written.pack
    rule = pack.rules["CN-ABS"]
    terms = [*rule.match["terms"], "抽奖"]
    stricter = {**pack.rules, "CN-ABS": rule.model_copy(update={"match": {**rule.match, "terms": terms}})}
    saying = {row["id"] for row in drafts(written) if "抽奖" in row["text"] and row["made_for"]["market"] == "cn"}
    touched = recalled(written, changed(pack, rules=stricter))
    assert {one.asset.id for one in touched} <= saying and touched


def test_recalled_drafts_are_frozen(written: Desk) -> None:
    touched = recalled(written, with_rate(written.pack, "TD-24M", "rate", "2.1"))
    written.freeze(touched)
    assert written.recalls.frozen() == {one.asset.id: written.pack.version for one in touched}


def test_a_rules_message_and_examples_are_no_change(bank: Pack) -> None:
    rule = bank.rules["CN-ABS"]
    reworded = rule.model_copy(update={"message": {**rule.message, "en": "Say it otherwise."}, "must_pass": ()})
    anew = changed(bank, rules={**bank.rules, "CN-ABS": reworded})
    assert knowledge_of(anew).rules == knowledge_of(bank).rules
