"""Whom a roll-out reaches and in which arm: always the same, in proportion, and stable when something is added."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.domain.rollout import Arm, Rollout, assigned, point

NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=1, max_size=5, unique=True)
PEOPLE = [f"C{number:05d}" for number in range(4000)]


@given(NAMES, st.integers(1, 999), st.text(max_size=12))
def test_a_customer_always_falls_to_the_same_arm(names: list[str], share: int, customer: str) -> None:
    shares = dict.fromkeys(names, share)
    assert assigned("may", customer, shares) == assigned("may", customer, dict(reversed(shares.items())))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 999), min_size=1, max_size=4), st.integers(1, 999), st.text("xyz", min_size=1))
def test_an_arm_that_is_added_moves_nobody_between_the_others(shares: list[int], more: int, experiment: str) -> None:
    before = {f"arm{number}": share for number, share in enumerate(shares)}
    after = {**before, "new": more}
    for customer in PEOPLE[:400]:
        now = assigned(experiment, customer, after)
        assert now in ("new", assigned(experiment, customer, before))


@pytest.mark.parametrize("shares", [(500, 500), (900, 100), (1, 999), (333, 333, 334), (700, 200, 50, 50)])
def test_arms_get_their_shares(shares: tuple[int, ...]) -> None:
    by_name = {f"arm{number}": share for number, share in enumerate(shares)}
    found = [assigned("shares", customer, by_name) for customer in PEOPLE]
    for name, share in by_name.items():
        expected = share / 1000
        spread = math.sqrt(len(PEOPLE) * expected * (1 - expected))
        assert abs(found.count(name) - len(PEOPLE) * expected) < 4 * spread + 1


def test_two_experiments_are_independent() -> None:
    halves = {"a": 500, "b": 500}
    both = sum(assigned("one", own, halves) == assigned("two", own, halves) for own in PEOPLE)
    assert abs(both - len(PEOPLE) / 2) < 4 * math.sqrt(len(PEOPLE) / 4)


def test_a_wider_stage_keeps_whom_a_narrower_one_reached() -> None:
    white = Rollout(experiment="may", stage="whitelist", whitelist=("C00007",))
    little = Rollout(experiment="may", stage="traffic", share=50, whitelist=("C00007",))
    more = Rollout(experiment="may", stage="traffic", share=300, whitelist=("C00007",))
    full = Rollout(experiment="may")
    reached = [{own for own in PEOPLE if one.reaches(own)} for one in (white, little, more, full)]
    assert reached[0] == {"C00007"} and reached[3] == set(PEOPLE)
    assert reached[0] <= reached[1] <= reached[2] <= reached[3]
    assert abs(len(reached[1]) - 200) < 60 and abs(len(reached[2]) - 1200) < 120


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_point_lies_between_zero_and_one(words: list[str]) -> None:
    assert 0 < point(*words) < 1


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"arms": [{"name": "a", "share": 400}, {"name": "b", "share": 500}]}, "sum to 900"),
        ({"arms": [{"name": "a", "share": 500}, {"name": "a", "share": 500}]}, "same name"),
        ({"stage": "ab"}, "two arms"),
        ({"stage": "whitelist"}, "needs customers"),
        ({"stage": "traffic"}, "below 1000"),
    ],
)
def test_a_rollout_that_cannot_be_is_refused_with_the_mend(given_: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Rollout.model_validate({"experiment": "may", **given_})


def test_a_control_arm_has_no_texts() -> None:
    assert Arm(name="control", share=100).texts == ()
