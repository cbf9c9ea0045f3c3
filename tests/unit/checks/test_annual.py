"""Rates a year, worked out from rates a day, a month or an instalment."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.annual import compound, of_instalments, simple


def test_known_values() -> None:
    """0.05 % a day; 1 % a month; 0.6 % an instalment on twelve, as textbooks have it."""
    assert simple(Decimal("0.05"), "day") == [Decimal("18.00"), Decimal("18.25")]
    assert compound(Decimal(1), "month") == [Decimal("12.6825")]
    nominal, effective = of_instalments(Decimal("0.6"), 12)
    assert (round(nominal, 2), round(effective, 2)) == (Decimal("13.03"), Decimal("13.84"))


@given(st.decimals("0.05", "3", places=2), st.integers(2, 60))
def test_what_is_repaid_on_the_way_makes_a_fee_dearer_than_it_looks(fee: Decimal, count: int) -> None:
    nominal, effective = of_instalments(fee, count)
    assert effective >= nominal > 12 * fee


def test_a_loan_without_instalments_is_refused() -> None:
    with pytest.raises(ValueError, match="one instalment"):
        of_instalments(Decimal("0.6"), 0)
