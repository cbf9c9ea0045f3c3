"""Intervals and the sample-ratio check against published values and against what must hold of any."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.results.statistics import beyond, newcombe, sample_ratio, wilson

COUNTS = st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombes_published_intervals(count: int, of: int, low: float, high: float) -> None:
    found = wilson(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_differences_are_newcombes_published_ones(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(one, other)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("chi", "freedom", "p"),
    [
        (3.841458821, 1, 0.05), (10.827566170, 1, 0.001), (5.991464547, 2, 0.05), (7.814727903, 3, 0.05),
        (9.487729037, 4, 0.05), (11.070497694, 5, 0.05), (18.307038053, 10, 0.05), (24.995790140, 15, 0.05),
        (29.588298445, 10, 0.001),
    ],
)  # fmt: skip
def test_the_tail_of_chi_square_is_that_of_the_tables(chi: float, freedom: int, p: float) -> None:
    assert beyond(chi, freedom) == pytest.approx(p, rel=1e-7)


@given(st.floats(0.001, 200), st.integers(1, 30))
def test_the_tail_is_the_integral_of_the_density(chi: float, freedom: int) -> None:
    """The recurrence of the incomplete gamma function holds between any tail and the one two degrees on."""
    step = (chi / 2) ** (freedom / 2) * math.exp(-chi / 2) / math.gamma(freedom / 2 + 1)
    assert beyond(chi, freedom + 2) == pytest.approx(beyond(chi, freedom) + step, rel=1e-9, abs=1e-15)


@given(COUNTS)
def test_a_share_lies_in_its_interval_and_both_between_zero_and_one(pair: tuple[int, int]) -> None:
    found = wilson(*pair)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(COUNTS, COUNTS)
def test_a_difference_turned_round_is_the_same_turned_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = newcombe(one, other), newcombe(other, one)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= there.value <= there.high


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    draw, covered = random.Random(3), 0
    for _ in range(2000):
        found = wilson(sum(draw.random() < 0.2 for _ in range(60)), 60)
        covered += found.low <= 0.2 <= found.high
    assert 0.93 <= covered / 2000 <= 0.975


def test_a_sample_as_planned_passes_and_one_that_lost_people_fails() -> None:
    planned = {"A": 500, "B": 400, "control": 100}
    assert sample_ratio({"A": 5021, "B": 3987, "control": 992}, planned).p > 0.05
    assert sample_ratio({"A": 5021, "B": 3650, "control": 992}, planned).p < 0.001
    assert sample_ratio({"A": 900}, {"A": 1, "B": 1}).p < 1e-9
