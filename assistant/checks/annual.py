"""Rates a year worked out anew from rates a day, a month or an instalment. All rates are percent points."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Step = Literal["day", "month"]
YEAR: dict[Step, tuple[int, ...]] = {"day": (360, 365), "month": (12,)}
"""Steps in a year; banks count 360 days or 365."""
_ROUNDS = 60


def simple(rate: Decimal, step: Step) -> list[Decimal]:
    """The rate a year without interest on interest: 0.05 a day → 18 or 18.25."""
    return [rate * steps for steps in YEAR[step]]


def compound(rate: Decimal, step: Step) -> list[Decimal]:
    """The rate a year with interest on interest: 1 a month → 12.68."""
    return [_percent((1 + float(rate) / 100) ** steps - 1) for steps in YEAR[step]]


def of_instalments(fee: Decimal, count: int) -> list[Decimal]:
    """The internal rate of return a year, simple and compound, of a loan repaid in `count` monthly instalments of
    equal principal, each with a fee of `fee` percent of the whole loan: 0.6 on 12 → 13.03 and 13.84.

    Raises ValueError for fewer than one instalment.
    """
    if count < 1:
        raise ValueError("a loan is repaid in one instalment at least")
    paid, low, high = 1 / count + float(fee) / 100, 0.0, 1.0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        worth = sum(paid / (1 + middle) ** month for month in range(1, count + 1))
        low, high = (middle, high) if worth > 1 else (low, middle)
    return [_percent(low * 12), _percent((1 + low) ** 12 - 1)]


def _percent(share: float) -> Decimal:
    return Decimal(str(round(share * 100, 4)))
