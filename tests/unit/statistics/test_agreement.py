"""Agreement beyond chance: with its interval, or with the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.review.results.statistics import Interval
from eval.statistics.agreement import Agreement, Draw, ac1, alpha, kappa
from eval.statistics.undefined import Undefined

EVERY = pytest.mark.parametrize("coefficient", [kappa, alpha, ac1])
Coefficient = Callable[..., Agreement | Undefined]


@EVERY
def test_raters_without_a_common_item_have_no_agreement_and_it_is_said(coefficient: Coefficient) -> None:
    for ratings in ([["a", None], [None, "b"], [None, None]], []):
        found = coefficient(ratings)
        assert isinstance(found, Undefined) and "two raters" in found.why


@EVERY
def test_equal_labels_throughout_have_no_agreement_and_it_is_said(coefficient: Coefficient) -> None:
    found = coefficient([["good", "good"]] * 50, levels=["good", "bad"])
    assert isinstance(found, Undefined) and "equal" in found.why


@pytest.mark.parametrize("coefficient", [kappa, alpha])
def test_a_label_that_only_stands_alone_does_not_count_as_another(coefficient: Coefficient) -> None:
    assert isinstance(coefficient([["a", "a"], ["a", "a"], ["b", None]]), Undefined)


@EVERY
def test_full_agreement_is_one_and_dice_are_about_nothing(coefficient: Coefficient) -> None:
    dice = np.random.default_rng(3).integers(0, 3, (2000, 2))
    full, none = coefficient([[a, a] for a in dice[:, 0].tolist()]), coefficient(dice.tolist())
    assert isinstance(full, Agreement) and full.value == pytest.approx(1)
    assert isinstance(none, Agreement) and isinstance(none.interval, Interval)
    assert none.interval.low < 0 < none.interval.high < 0.06


@EVERY
def test_items_that_only_repeat_make_the_interval_no_narrower(coefficient: Coefficient) -> None:
    generator = np.random.default_rng(4)
    one = generator.integers(0, 3, (60, 2))
    one[:, 1] = np.where(generator.random(60) < 0.6, one[:, 0], one[:, 1])
    ratings, campaigns = np.repeat(one, 8, axis=0).tolist(), np.repeat(np.arange(60), 8).tolist()
    alone, clustered, naive = coefficient(one.tolist()), coefficient(ratings, campaigns), coefficient(ratings)
    widths = [_width(found) for found in (alone, clustered, naive)]
    assert widths[1] == pytest.approx(widths[0], rel=0.05)
    assert widths[2] < widths[0] / 2


def _width(found: Agreement | Undefined) -> float:
    assert isinstance(found, Agreement) and isinstance(found.interval, Interval)
    return found.interval.high - found.interval.low


def test_the_interval_of_alpha_holds_the_alpha_of_many_more_items() -> None:
    generator, held = np.random.default_rng(6), 0
    many = _rated(generator, 40_000)
    true = alpha(many, draw=Draw(resamples=10))
    assert isinstance(true, Agreement)
    for run in range(200):
        found = alpha(_rated(generator, 60), draw=Draw(resamples=400, seed=run))
        assert isinstance(found, Agreement) and isinstance(found.interval, Interval)
        held += found.interval.low <= true.value <= found.interval.high
    assert 178 <= held <= 199  # 95 % of 200, give or take three and a half standard deviations


def _rated(generator: np.random.Generator, items: int) -> list[list[Any]]:
    true = generator.integers(0, 3, items)[:, None]
    given = np.where(generator.random((items, 3)) < 0.5, true, generator.integers(0, 3, (items, 3)))
    seen = generator.random((items, 3)) < 0.8
    return [[int(x) if s else None for x, s in zip(a, b, strict=True)] for a, b in zip(given, seen, strict=True)]


def test_a_weighted_kappa_forgives_the_neighbour_but_not_the_far_end() -> None:
    near = [["low", "mid"], ["mid", "low"], ["high", "high"], ["low", "low"], ["mid", "mid"]]
    far = [["low", "high"], ["high", "low"], ["mid", "mid"], ["low", "low"], ["high", "high"]]
    order = ["low", "mid", "high"]
    values = {
        weights: [kappa(one, weights=weights, levels=order).value for one in (near, far)]  # type: ignore[arg-type, union-attr]
        for weights in ("none", "quadratic")
    }
    assert values["quadratic"][0] > values["none"][0] > values["none"][1] - 0.1 > values["quadratic"][1]


def test_one_cluster_has_a_coefficient_and_no_interval() -> None:
    found = alpha([[1, 1], [1, 2], [2, 2]], ["x", "x", "x"])
    assert isinstance(found, Agreement)
    assert isinstance(found.interval, Undefined) and "one cluster" in found.interval.why


def test_labels_that_hardly_differ_have_no_interval() -> None:
    found = kappa([["a", "a"]] * 30 + [["a", "b"]])
    assert isinstance(found, Agreement) and found.value == pytest.approx(0)
    assert isinstance(found.interval, Undefined) and "resamples" in found.interval.why


@EVERY
def test_no_figure_is_ever_nan(coefficient: Coefficient) -> None:
    generator = np.random.default_rng(8)
    for _ in range(60):
        shape = (int(generator.integers(1, 6)), 2)
        cells = [[None if x == 3 else int(x) for x in row] for row in generator.integers(0, 4, shape)]
        found = coefficient(cells, draw=Draw(resamples=50))
        if isinstance(found, Agreement):
            told = [found.value] + ([found.interval.low, found.interval.high] if found.interval else [])  # type: ignore[union-attr]
            assert all(math.isfinite(one) for one in told)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: kappa([["a", "b", "c"]]),
        lambda: kappa([["a", "b"], ["a", "b"]], weights="linear"),
        lambda: alpha([["a", "b"], ["a"]]),
        lambda: alpha([["a", "b"]], levels=["a", "c"]),
        lambda: alpha([["a", "b"]], scale="interval"),
        lambda: alpha([["a", "b"]], scale="ordinal"),
        lambda: ac1([["a", "b"]], ["x", "y"]),
    ],
)
def test_ratings_that_cannot_be_read_are_an_error_for_their_reader(wrong: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        wrong()
