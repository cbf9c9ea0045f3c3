"""A pass rate is corrected for how often the judge is wrong, with an interval that holds what is true."""

from __future__ import annotations

import random

import pytest

from eval.calibration.passing import Passing, corrected, known
from eval.statistics.agreement import Draw
from eval.statistics.undefined import Undefined

DRAW = Draw(resamples=1000)


def test_the_corrected_share_is_what_rogan_and_gladen_say() -> None:
    errors = {"c1": [45, 50, 40, 50], "c2": [45, 50, 40, 50]}
    found = corrected(errors, [(f"c{n % 5}", n % 10 < 5) for n in range(100)], DRAW)
    assert isinstance(found, Passing) and (found.rate, found.sensitivity, found.specificity) == (0.5, 0.9, 0.8)
    assert not isinstance(found.corrected, Undefined)
    assert found.corrected.value == pytest.approx((0.5 + 0.8 - 1) / (0.9 + 0.8 - 1))


def seen(passes: bool, right: float, wrong: float, dice: random.Random) -> bool:
    return dice.random() < (right if passes else 1 - wrong)


def test_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    """Of 200 runs whose texts pass in 70 % and whose judge is wrong with 10 and 25 %, 95 % are expected to hold it."""
    held = 0
    for seed in range(200):
        dice = random.Random(seed)
        judged = [(f"c{n % 25}", 4 if dice.random() < 0.5 else 1) for n in range(250)]
        rows = [(cluster, level, 4 if seen(level >= 3, 0.9, 0.75, dice) else 1) for cluster, level in judged]
        run = [(f"d{n % 25}", seen(dice.random() < 0.7, 0.9, 0.75, dice)) for n in range(250)]
        found = corrected(known(rows, 3), run, Draw(resamples=300, seed=seed))
        assert isinstance(found, Passing) and not isinstance(found.corrected, Undefined)
        held += found.corrected.low <= 0.7 <= found.corrected.high
    assert 182 <= held <= 199


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        ({"c1": [5, 5, 0, 0], "c2": [5, 5, 0, 0]}, "fails no text"),
        ({"c1": [0, 0, 5, 5], "c2": [0, 0, 5, 5]}, "passes no text"),
        ({}, "passes no text"),
    ],
)
def test_half_of_the_error_is_not_enough(errors: dict[str, list[int]], words: str) -> None:
    found = corrected(errors, [("c", True)], DRAW)
    assert isinstance(found, Undefined) and words in found.why


def test_a_judge_no_better_than_chance_corrects_nothing() -> None:
    found = corrected({"c1": [5, 10, 5, 10], "c2": [5, 10, 5, 10]}, [("c", True), ("d", False)], DRAW)
    assert isinstance(found, Passing) and isinstance(found.corrected, Undefined) and "corrected" in found.corrected.why
    assert isinstance(corrected({"c1": [5, 5, 5, 5]}, [], DRAW), Undefined)
