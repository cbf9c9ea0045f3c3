"""The plan: to the cent, suitable today, above every minimum, less bold with age."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.pack import Pack
from assistant.domain.plan import Horizon, Need
from assistant.playbook.planner import plan
from assistant.playbook.standing import Standing

ON = dt.date(2026, 11, 10)


def person(age: int = 40, risk: int | None = 3, assessed: bool = True, segment: str = "affluent") -> Standing:
    on = dt.date(2026, 5, 1) if assessed else dt.date(2024, 5, 1)
    return Standing("C1", segment, age, risk, on, assessed, True, None, True, frozenset(), "RM1", "cn", 0.0)


@settings(deadline=None)
@given(
    cents=st.integers(1, 10**11),
    age=st.integers(18, 90),
    risk=st.integers(1, 5),
    assessed=st.booleans(),
    horizon=st.sampled_from(["short", "medium", "long"]),
    need=st.sampled_from(["low", "normal", "high"]),
    held=st.dictionaries(st.sampled_from(["TD-24M", "WM-180D", "WM-CASH"]), st.integers(0, 10**6).map(Decimal)),
)
def test_a_plan_adds_up_suits_and_keeps_every_minimum(
    bank: Pack, cents: int, age: int, risk: int, assessed: bool, horizon: Horizon, need: Need, held: dict[str, Decimal]
) -> None:
    amount = Decimal(cents) / 100
    parts = plan(bank, person(age, risk, assessed), amount, ON, held, horizon, need)
    assert sum(part.amount for part in parts) == amount
    for part in parts:
        if part.product is None:
            continue
        product = bank.products[part.product]
        assert product.grade <= (risk if assessed else 0)
        assert not (age >= 65 and product.grade >= 4)
        if "minimum" in product.facts:
            assert part.amount >= product.facts["minimum"].value


def test_from_sixty_five_on_growth_is_halved(bank: Pack) -> None:
    def growth(age: int) -> float:
        parts = plan(bank, person(age), Decimal(1_000_000), ON)
        return sum(part.share for part in parts if part.bucket == "growth")

    assert growth(70) == pytest.approx(growth(40) / 2, abs=0.01)


def test_what_is_held_already_is_not_bought_again(bank: Pack) -> None:
    parts = plan(bank, person(), Decimal(100_000), ON, {"WM-180D": Decimal(500_000)})
    assert all(part.bucket != "growth" for part in parts)


def test_interest_is_named_of_term_deposits_alone(bank: Pack) -> None:
    parts = plan(bank, person(), Decimal(1_000_000), ON)
    named = {part.product: part.interest for part in parts if part.interest is not None}
    assert named == {"TD-24M": Decimal("17600.00")}
    assert {bank.products[part.product].type for part in parts if part.product and part.interest is None} >= {"wealth"}
