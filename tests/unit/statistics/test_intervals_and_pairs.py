"""Intervals hold where they say they do; pairs of runs are told apart, or it is said that they are not."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.review.results.statistics import Interval, wilson
from benchmarks.eval_statistics import Setting, simulated
from eval.statistics import student
from eval.statistics.clusters import codes, mean_sums
from eval.statistics.holm import holm
from eval.statistics.intervals import Estimate, bootstrap, bootstrap_mean, mean, resampled, robust, share
from eval.statistics.paired import Paired, difference, discordant, mcnemar
from eval.statistics.undefined import Undefined

RANDOM = np.random.default_rng(5)


def test_clustered_intervals_hold_the_mean_and_naive_ones_do_not() -> None:
    """300 runs: a coverage of 95 % is then told to ± 3.8 points in 997 of 1,000 such tests."""
    found = simulated(Setting(clusters=40, unequal=True, passes=False), runs=300, resamples=400, seed=11)
    assert 0.912 <= found["t"] <= 0.988
    assert 0.912 <= found["bootstrap"] <= 0.988
    assert found["naive"] < 0.85


def test_no_change_is_called_one_in_about_a_twentieth_of_runs() -> None:
    found = simulated(Setting(clusters=40, unequal=True, passes=True), runs=300, resamples=400, seed=12)
    assert 0.012 <= found["error t"] <= 0.088
    assert 0.012 <= found["error bootstrap"] <= 0.088
    assert found["error naive"] > 0.12


def test_clusters_of_one_row_and_of_one_size_have_all_degrees_of_freedom() -> None:
    values = RANDOM.normal(size=60)
    single, even = mean(values), mean(values, np.repeat(np.arange(12), 5))
    assert isinstance(single, Estimate) and isinstance(even, Estimate)
    assert single.freedom == pytest.approx(59)
    assert single.error == pytest.approx(values.std(ddof=1) / 60**0.5)
    assert even.freedom == pytest.approx(11)


def test_one_large_cluster_among_small_ones_leaves_few_degrees_of_freedom() -> None:
    sizes = [200, *[2] * 20]
    groups = np.repeat(np.arange(21), sizes)
    found = mean(RANDOM.normal(size=240) + RANDOM.normal(size=21)[groups], groups)
    assert isinstance(found, Estimate)
    assert found.freedom < 4


def test_rows_alike_in_their_cluster_are_found_alike() -> None:
    groups = np.repeat(np.arange(400), 10)
    noise, own = RANDOM.normal(size=4000), RANDOM.normal(size=400)[groups]
    for part in (0.0, 0.2, 0.6, 1.0):
        values = part**0.5 * own + (1 - part) ** 0.5 * noise
        assert mean_sums(values, codes(groups, 4000)).likeness == pytest.approx(part, abs=0.05)


def test_the_bootstrap_is_the_same_for_the_same_seed_however_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = RANDOM.normal(size=(50, 3))
    whole = resampled(sums, 500, 3)
    monkeypatch.setattr("eval.statistics.intervals.AT_ONCE", 700)
    np.testing.assert_allclose(resampled(sums, 500, 3), whole)
    assert not np.allclose(resampled(sums, 500, 4), whole)


def test_the_bootstrap_comes_to_the_t_interval_of_many_even_clusters() -> None:
    values, groups = RANDOM.normal(size=3000), np.repeat(np.arange(300), 10)
    sums = mean_sums(values, codes(groups, 3000))
    drawn, told = bootstrap(sums, resamples=20_000), robust(sums)
    assert isinstance(drawn, Interval) and isinstance(told, Estimate)
    plain = told.interval()
    assert (drawn.low, drawn.high) == pytest.approx((plain.low, plain.high), abs=0.002)


def test_what_cannot_be_told_is_said_in_words_and_is_no_number() -> None:
    for found in (
        mean([]),
        mean([1.0, 2.0], ["a", "a"]),
        bootstrap_mean([1.0], ["a"]),
        share(0, 0),
        difference([], []),
    ):
        assert isinstance(found, Undefined)
        assert found.why.endswith((".", "out.")) and not found


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: mean([1.0, float("nan")]),
        lambda: mean([1.0, 2.0], ["a"]),
        lambda: share(5, 4),
        lambda: difference([1.0], [1.0, 2.0]),
        lambda: discordant([True], [True, False]),
        lambda: mcnemar(-1, 2),
        lambda: holm({"a": 1.2}),
    ],
)
def test_bad_input_is_an_error_for_its_reader(wrong: object) -> None:
    with pytest.raises(InputError):
        wrong()  # type: ignore[operator]


def test_a_share_is_wilsons() -> None:
    assert share(81, 263) == wilson(81, 263)
    narrow = share(81, 263, level=0.8)
    assert isinstance(narrow, Interval) and narrow.low > wilson(81, 263).low


def test_a_run_that_is_better_in_each_cluster_is_found_to_be() -> None:
    groups = np.repeat(np.arange(30), 8)
    first = RANDOM.normal(size=240) + 3 * RANDOM.normal(size=30)[groups]
    found = difference(first, first + 0.2 + 0.1 * RANDOM.normal(size=240), groups)
    assert isinstance(found, Paired)
    assert found.estimate.p() < 0.001 and found.resampled.low > 0.15
    assert mean(first, groups).interval().low < 0  # type: ignore[union-attr]


def test_the_same_run_twice_differs_by_nothing() -> None:
    found = difference([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])
    assert isinstance(found, Paired)
    assert (found.estimate.p(), found.resampled) == (1.0, Interval(0.0, 0.0, 0.0))


def test_mcnemar_of_cases_counts_the_discordant_ones() -> None:
    one, other = [True, True, False, False, True], [True, False, True, False, False]
    assert discordant(one, other) == mcnemar(2, 1)


def test_a_skewed_interval_is_the_one_whose_transformed_t_is_even() -> None:
    """Hall's cubic, written out: at both ends it gives the quantile again."""
    values = RANDOM.lognormal(sigma=1.2, size=80)
    found = mean(values)
    assert isinstance(found, Estimate) and found.skew > 0.1
    third, ends = found.skew / 3, found.skewed()
    for end, sign in ((ends.low, 1), (ends.high, -1)):
        t = (found.value - end) / found.error
        assert t + third * t**2 + third**2 * t**3 / 3 + third / 2 == pytest.approx(sign * student.quantile(0.975, 79))


def test_the_mean_of_amounts_is_held_by_the_skewed_interval_and_too_seldom_by_the_even_one() -> None:
    true, held, even, drawn = float(np.exp(1.1**2 / 2)), 0, 0, np.random.default_rng(1)
    for _ in range(600):
        found = mean(drawn.lognormal(sigma=1.1, size=40))
        assert isinstance(found, Estimate)
        held += found.skewed().low <= true <= found.skewed().high
        even += found.interval().low <= true <= found.interval().high
    assert even / 600 < 0.90 <= held / 600


def test_values_that_are_even_have_an_even_interval() -> None:
    found = mean([-2.0, -1.0, 0.0, 1.0, 2.0])
    assert isinstance(found, Estimate)
    assert found.skewed() == found.interval()
