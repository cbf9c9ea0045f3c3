"""A text that is checked for one reader after another is found as it is found for each alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.checks.case import read_case
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack

READERS: list[dict[str, Any]] = [
    {},
    {"age": 30, "risk": "C5", "risk_assessed_at": dt.date(2026, 6, 1), "consent": True, "professional": True},
    {"age": 16, "risk": "C1", "risk_assessed_at": dt.date(2024, 6, 1), "consent": False, "first_contact": True},
    {"age": 80, "risk": "C2", "consent": True, "professional": False, "first_contact": False},
    {"age": 67, "others": ("王芳", "88213")},
]
FIELDS = {field for reader in READERS for field in reader}


@pytest.mark.parametrize("side", ["must_flag", "must_pass"])
def test_each_reader_is_told_what_they_would_be_told_alone(bank: Pack, engine: CheckEngine, side: str) -> None:
    for own, rule in bank.rules.items():
        for raw in getattr(rule, side)[:4]:
            case = read_case({key: value for key, value in raw.items() if key not in FIELDS}, own)
            check = engine.for_readers(case)
            for reader in READERS:
                theirs = case.model_copy(update=reader)
                assert check(theirs) == engine.run(theirs), (own, raw, reader)
