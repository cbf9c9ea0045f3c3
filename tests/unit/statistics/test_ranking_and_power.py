"""Comparisons rank what they can rank and say what they cannot; a run's size is known before it."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.review.results.statistics import sample_ratio
from eval.statistics import power
from eval.statistics.ranking import Compared, Won, ranking
from eval.statistics.sample_ratio import fell
from eval.statistics.undefined import Undefined


def compared(text: str) -> list[Compared]:
    """`a>b` one win, `a=b` a tie."""
    told = []
    for one in text.split():
        won: Won = "tie" if "=" in one else "first"
        told.append(Compared(one[0], one[2], won))
    return told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing"),
        ("a>b b>a c>d d>c", "a, b never met c, d|c, d never met a, b"),
        ("a>b b>a a>c b>c", "a, b won against c every time"),
        ("a=b a=b", "no end"),
        ("a>b a=b a>b", "no end"),
        ("a>b a=b b>c b=c a>c", "no end"),
        ("a>a", "itself"),
    ],
)
def test_comparisons_that_rank_nothing_say_why(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        ranking(compared(text))


def test_ties_that_contradict_the_order_of_wins_give_it_an_end() -> None:
    """c ties with a, two wins above: no even steps fit that, though nobody ever won upwards."""
    found = ranking(compared("a>b a=b b>c b=c a>c a=c"))
    assert found.order() == ["a", "b", "c"]
    assert found.ties is not None and np.isfinite(found.covariance).all()


def test_a_ring_of_wins_makes_all_equal() -> None:
    found = ranking(compared("a>b b>c c>a"))
    assert found.strengths == pytest.approx([0, 0, 0])
    assert found.ties is None and found.order() == ["a", "b", "c"]


def test_two_that_met_have_the_odds_of_their_wins() -> None:
    found = ranking(compared("a>b " * 30 + "b>a " * 10))
    assert found.between("a", "b").value == pytest.approx(np.log(3))
    width = found.between("a", "b").high - found.between("a", "b").value
    assert width == pytest.approx(1.959964 * (1 / 30 + 1 / 10) ** 0.5)


def test_the_intervals_hold_the_true_differences() -> None:
    generator, held, asked = np.random.default_rng(2), 0, 0
    true = np.array([0.6, 0.1, -0.2, -0.5])
    for _ in range(120):
        found = ranking(_met(generator, true, 160, 0.8))
        for one, other in ((0, 1), (1, 3), (2, 0)):
            told = found.between(f"n{one}", f"n{other}")
            held += told.low <= true[one] - true[other] <= told.high
            asked += 1
    assert 0.91 <= held / asked <= 0.985


def test_raters_of_one_mind_make_the_interval_wider() -> None:
    generator = np.random.default_rng(9)
    rows, raters = [], []
    for rater in range(25):
        own = np.array([0.3, 0.0, -0.3]) + generator.normal(size=3)
        rows += _met(generator, own, 20, 0.3)
        raters += [rater] * 20
    plain, clustered = ranking(rows).interval("n0"), ranking(rows, raters).interval("n0")
    assert plain.value == clustered.value
    assert clustered.high - clustered.low > 1.5 * (plain.high - plain.low)


def _met(generator: np.random.Generator, strengths: np.ndarray, count: int, ties: float) -> list[Compared]:
    told = []
    for _ in range(count):
        one, other = generator.permutation(len(strengths))[:2]
        first, second = np.exp(strengths[one]), np.exp(strengths[other])
        chances = np.array([first, second, ties * (first * second) ** 0.5])
        won: Won = ("first", "second", "tie")[generator.choice(3, p=chances / chances.sum())]  # type: ignore[assignment]
        told.append(Compared(f"n{one}", f"n{other}", won))
    return told


def test_clusters_that_are_all_one_and_names_that_are_none_are_said() -> None:
    with pytest.raises(InputError, match="one cluster"):
        ranking(compared("a>b b>a"), ["x", "x"])
    with pytest.raises(InputError, match="was not compared"):
        ranking(compared("a>b b>a")).interval("c")


@pytest.mark.parametrize(("rate", "pairs"), [(0.6, 194), (0.55, 783), (0.4, 194)])
def test_pairs_for_a_win_rate(rate: float, pairs: int) -> None:
    assert power.pairs_for(rate) == pairs


@pytest.mark.parametrize(("change", "cases"), [(0.03, 864), (0.05, 306), (-0.05, 306)])
def test_cases_for_a_paired_change_at_a_tenth_of_discordance(change: float, cases: int) -> None:
    assert power.cases_for(change, 0.1) == cases


def test_what_is_detectable_turns_the_cases_back_into_the_change() -> None:
    assert power.detectable_share([1] * 864, 0.0, 0.1) == pytest.approx(0.03, abs=2e-4)
    assert power.detectable_win_rate(783) == pytest.approx(0.55, abs=1e-4)


def test_alike_cases_in_clusters_show_less() -> None:
    loose, tight = power.detectable([20] * 30, 0.0, 1.0), power.detectable([20] * 30, 0.3, 1.0)
    uneven = power.detectable([2] * 20 + [56] * 10, 0.3, 1.0)
    assert loose and tight and uneven
    assert tight / loose == pytest.approx((1 + 19 * 0.3) ** 0.5)
    assert uneven > tight
    assert power.design_effect([1] * 9, 0.9) == 1


def test_a_change_of_the_detectable_size_is_detected_in_four_of_five_runs() -> None:
    from eval.statistics.intervals import Estimate, mean

    generator, groups, found = np.random.default_rng(1), np.repeat(np.arange(40), 10), 0
    change = power.detectable([10] * 40, 0.2, 1.0)
    assert isinstance(change, float)
    for _ in range(400):
        values = change + generator.normal(size=40)[groups] * 0.2**0.5 + generator.normal(size=400) * 0.8**0.5
        told = mean(values, groups)
        assert isinstance(told, Estimate)
        found += told.p() < 0.05
    assert 0.73 <= found / 400 <= 0.87


def test_too_few_cases_to_show_anything_are_said_to_be() -> None:
    for found in (power.detectable_share([1] * 20, 0, 0.05), power.detectable_win_rate(3), power.detectable([9], 0, 1)):
        assert isinstance(found, Undefined) and found.why


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: power.pairs_for(0.5),
        lambda: power.pairs_for(1.2),
        lambda: power.cases_for(0.2, 0.1),
        lambda: power.cases_for(0.0, 0.1),
        lambda: power.design_effect([], 0.1),
        lambda: power.pairs_for(0.6, power=1.0),
        lambda: fell({"a": 1, "c": 2}, {"a": 1, "b": 1}),
        lambda: fell({"a": -1}, {"a": 1, "b": 1}),
    ],
)
def test_what_cannot_be_planned_is_an_error(wrong: object) -> None:
    with pytest.raises(InputError):
        wrong()  # type: ignore[operator]


def test_arms_are_held_to_their_plan_by_the_test_of_the_desks_own_results() -> None:
    seen, planned = {"a": 940, "b": 1060}, {"a": 1.0, "b": 1.0}
    assert fell(seen, planned) == sample_ratio(seen, planned)
    assert isinstance(fell({}, planned), Undefined) and isinstance(fell({"a": 3}, {"a": 1}), Undefined)
