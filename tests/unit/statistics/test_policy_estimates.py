"""A policy that was not followed is judged from what was logged, and what cannot be judged is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.errors import InputError
from eval.policy.estimators import Estimated, estimated
from eval.policy.load import Logged
from eval.policy.targets import target
from eval.statistics.clusters import Floats
from eval.statistics.intervals import Estimate, mean

ARMS = ("letter", "nothing", "push")
TRUE = {"letter": 0.5, "nothing": 0.2, "push": 0.35}
"""What each arm earns on average over a context that is symmetric about 0."""


def logged(seed: int, count: int = 1500, *, curved: bool = False) -> Logged:
    """Decisions that prefer the letter for a high context, in which everything earns more."""
    generator = np.random.default_rng(seed)
    context = generator.normal(size=count)
    raised = np.exp(np.outer(context, [1.0, -1.0, 0.0]))
    chances = 0.1 + 0.7 * raised / raised.sum(axis=1, keepdims=True)
    actions = (generator.random(count)[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    gain = context**3 / 4 if curved else context / 2
    rewards = np.array(list(TRUE.values()))[actions] + gain + generator.normal(size=count) * 0.3
    return Logged(ARMS, actions, chances[np.arange(count), actions], rewards, context[:, None])


def held(found: Estimated, name: str, true: float) -> bool:
    one = getattr(found, name)
    assert isinstance(one, Estimate)
    ends = one.interval()
    return ends.low <= true <= ends.high


@pytest.mark.parametrize("curved", [False, True], ids=["the model is right", "the model is wrong"])
def test_intervals_hold_each_arms_true_value_though_the_log_preferred_some(curved: bool) -> None:
    counts, naive, runs = dict.fromkeys(("ips", "snips", "robust"), 0), 0, 60
    for seed in range(runs):
        log = logged(seed, curved=curved)
        for at, (arm, true) in enumerate(TRUE.items()):
            found = estimated(log, target(f"always:{arm}", log))
            for name in counts:
                counts[name] += held(found, name, true)
            plain = mean(log.rewards[log.actions == at])
            assert isinstance(plain, Estimate)
            naive += plain.interval().low <= true <= plain.interval().high
    assert all(0.89 <= count / (3 * runs) <= 0.995 for count in counts.values()), counts
    assert naive / (3 * runs) < 0.5


def test_a_model_of_rewards_makes_the_interval_narrower() -> None:
    log = logged(7)
    found = estimated(log, target("always:nothing", log))
    assert isinstance(found.ips, Estimate) and isinstance(found.robust, Estimate)
    assert found.robust.error < 0.7 * found.ips.error


def test_right_propensities_need_no_model_and_a_right_model_no_propensities() -> None:
    log, bias = logged(8, 20_000), {}
    wrong = replace(log, propensities=np.full(len(log.actions), 1 / 3))
    blind = replace(log, context=np.zeros((len(log.actions), 0)))
    for name, one in (("wrong propensities", wrong), ("no context", blind)):
        found = estimated(one, target("always:letter", one))
        assert isinstance(found.ips, Estimate) and isinstance(found.robust, Estimate)
        bias[name] = (abs(found.ips.value - 0.5), abs(found.robust.value - 0.5))
    assert bias["wrong propensities"][0] > 0.1 and bias["wrong propensities"][1] < 0.03
    assert bias["no context"][1] < 0.05


def test_more_for_everybody_moves_the_normed_estimate_by_as_much() -> None:
    log = logged(9)
    more = replace(log, rewards=log.rewards + 100)
    first, second = (estimated(one, target("always:push", one)) for one in (log, more))
    assert isinstance(first.snips, Estimate) and isinstance(second.snips, Estimate)
    assert isinstance(first.ips, Estimate) and isinstance(second.ips, Estimate)
    assert second.snips.value - first.snips.value == pytest.approx(100)
    assert abs(second.ips.value - first.ips.value - 100) > 0.1


def test_a_log_by_lot_that_is_judged_as_it_was_keeps_its_mean_and_its_size() -> None:
    log = replace(logged(10), propensities=np.full(1500, 1 / 3))
    found = estimated(log, target("uniform", log))
    assert isinstance(found.ips, Estimate) and isinstance(found.gain, Estimate)
    assert found.ips.value == pytest.approx(log.rewards.mean())
    assert found.effective == pytest.approx(1500)


def test_the_effective_sample_is_kishs() -> None:
    weights = np.array([4.0, 2.0, 1.0])
    log = Logged(("a",), np.zeros(3, dtype=np.int64), 1 / weights, np.ones(3), np.zeros((3, 0)))
    assert estimated(log, np.ones((3, 1))).effective == pytest.approx(49 / 21)


def test_decisions_of_one_customer_make_the_interval_wider() -> None:
    log = logged(11, 400)
    rows = np.repeat(np.arange(400), 6)
    again = Logged(ARMS, log.actions[rows], log.propensities[rows], log.rewards[rows], log.context[rows])
    aims: Floats = target("uniform", again)
    plain, clustered = estimated(again, aims), estimated(replace(again, clusters=rows.tolist()), aims)
    assert isinstance(plain.robust, Estimate) and isinstance(clustered.robust, Estimate)
    assert clustered.robust.error > 2 * plain.robust.error


def test_what_had_no_chance_is_left_out_and_told_with_its_place() -> None:
    log = logged(12)
    places = [f"log.csv:{row + 2}" for row in range(1500)]
    chances = log.propensities.copy()
    chances[[3, 8]] = 0
    found = estimated(replace(log, propensities=chances, places=places), target("uniform", log))
    assert found.rows == 1498
    assert any("2 decision(s)" in one and "log.csv:5" in one for one in found.warnings)


def test_an_arm_hardly_ever_tried_is_warned_of() -> None:
    log = logged(13, 300)
    assert estimated(log, target("uniform", log)).warnings == ()
    assert any("effective sample" in one for one in estimated(log, target("always:nothing", log)).warnings)


def test_propensities_that_are_not_those_of_the_lot_are_found_out() -> None:
    log = logged(14)
    found = estimated(replace(log, propensities=log.propensities / 2), target("uniform", log))
    assert any("should have 1" in one for one in found.warnings)


def test_a_target_that_the_log_never_met_is_an_error() -> None:
    log = logged(15, 50)
    only = replace(log, actions=np.zeros(50, dtype=np.int64))
    with pytest.raises(InputError, match="never did"):
        estimated(only, target("always:push", only))
    with pytest.raises(InputError, match="wide"):
        estimated(log, np.ones((50, 2)))
