"""Each rule is tried on its own examples: what must be flagged and what is lawful."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.checks.case import read_case
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack
from tests.conftest import BANK

RULES = load_pack(BANK).rules
FLAGGED = [(own, case) for own, rule in RULES.items() for case in rule.must_flag]
LAWFUL = [(own, case) for own, rule in RULES.items() for case in rule.must_pass]


def found(engine: CheckEngine, own: str, case: dict[str, Any]) -> list[str]:
    """The rules that an example breaks."""
    return [finding.rule for finding in engine.run(read_case(case, own)).findings]


@pytest.mark.parametrize(("own", "case"), FLAGGED, ids=[f"{own}-{n}" for n, (own, _) in enumerate(FLAGGED)])
def test_what_violates_is_flagged(engine: CheckEngine, own: str, case: dict[str, Any]) -> None:
    assert own in found(engine, own, case), case


@pytest.mark.parametrize(("own", "case"), LAWFUL, ids=[f"{own}-{n}" for n, (own, _) in enumerate(LAWFUL)])
def test_what_is_lawful_passes(engine: CheckEngine, own: str, case: dict[str, Any]) -> None:
    assert own not in found(engine, own, case), case


def test_every_rule_has_both_kinds_of_example(bank: Pack) -> None:
    assert [own for own, rule in bank.rules.items() if len(rule.must_flag) < 4 or len(rule.must_pass) < 4] == []
