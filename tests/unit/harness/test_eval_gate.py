"""Two sides are compared case by case; the gate blocks what is worse, and says when it cannot know."""

from __future__ import annotations

import random
from xml.etree import ElementTree as Xml

import pytest

from assistant.errors import InputError
from eval.comparing.compare import compared
from eval.comparing.gate import Gated, gated
from eval.comparing.junit import junit
from eval.running.side import Side
from tests.unit.harness.suites_made import side


def shares(draw: random.Random, share: float, count: int = 400) -> dict[str, float | None]:
    """So many cases in ten clusters, of which a share is right."""
    return {f"k{n:03}": float(draw.random() < share) for n in range(count)}


def rule(first: Side, second: Side, margin: float = 0.02) -> Gated:
    return gated(compared(first, second), {"right": margin})


def test_a_run_that_is_the_same_passes() -> None:
    values = shares(random.Random(1), 0.9)
    assert rule(side(values), side(dict(values))).verdict == "passed"


def test_a_run_that_lost_much_is_a_regression_and_names_its_cases() -> None:
    values = shares(random.Random(2), 0.95)
    worse = {case: 0.0 if place % 7 == 0 else value for place, (case, value) in enumerate(values.items())}
    found = compared(side(values), side(worse))
    [change] = [one for one in found.changes if one.metric == "right"]
    assert change.flips is not None and change.flips.only_second == 0 and change.flips.only_first > 50
    assert change.moved[0][1] == -1.0 and len(change.moved) == change.flips.only_first
    said = gated(found, {})
    assert said.verdict == "regressed"
    assert [one.metric for one in said.rulings if one.verdict == "regressed"] == ["right"]


def test_a_loss_that_chance_may_explain_is_not_enough_evidence() -> None:
    draw = random.Random(3)
    first, second = shares(draw, 0.8, 40), shares(draw, 0.78, 40)
    assert rule(side(first), side(second)).verdict == "not enough evidence"


def test_a_small_sure_loss_within_the_margin_passes_and_beyond_it_does_not() -> None:
    values: dict[str, float | None] = {f"k{n:03}": 0.9 for n in range(100)}
    worse: dict[str, float | None] = {case: 0.89 - (n % 3) / 1000 for n, case in enumerate(values)}
    assert rule(side(values), side(worse), margin=0.02).verdict == "passed"
    assert rule(side(values), side(worse), margin=0.005).verdict == "regressed"


def test_a_margin_is_found_by_the_metrics_own_name_and_one_that_names_no_metric_is_told() -> None:
    values: dict[str, float | None] = {f"k{n:03}": 0.9 for n in range(100)}
    worse: dict[str, float | None] = {case: 0.89 - (n % 3) / 1000 for n, case in enumerate(values)}
    found = compared(side(values, metric="judged/right"), side(worse, metric="judged/right"))
    assert gated(found, {"right": 0.005}).verdict == "regressed"
    assert gated(found, {"judged/right": 0.02}).verdict == "passed"
    said = gated(found, {"judged/right": 0.02, "rihgt": 0.1})
    assert said.verdict == "not enough evidence" and "“rihgt”" in said.rulings[-1].why


def test_a_metric_of_cost_is_worse_where_it_is_higher() -> None:
    values: dict[str, float | None] = {f"k{n:03}": 1.0 + n % 7 for n in range(100)}
    dearer = {case: (value or 0) + 1 + n % 2 for n, (case, value) in enumerate(values.items())}
    first, second = side(values, metric="words_cost"), side({**dearer}, metric="words_cost")
    assert gated(compared(first, second), {}).verdict == "regressed"
    assert gated(compared(second, first), {}).verdict == "passed"


def test_a_metric_that_neither_side_has_a_value_of_says_nothing_and_one_that_fell_silent_does() -> None:
    values = shares(random.Random(9), 0.9)
    silent: dict[str, float | None] = dict.fromkeys(values)
    assert "right" not in {one.metric for one in compared(side(silent), side(silent)).changes}
    said = rule(side(values), side(silent))
    assert said.verdict == "not enough evidence"


def test_of_one_cluster_nothing_can_be_said() -> None:
    values = shares(random.Random(4), 0.9, 30)
    said = rule(side(values, clusters=1), side(values, clusters=1))
    assert said.verdict == "not enough evidence" and "cluster" in said.rulings[-1].why


def test_cases_that_are_gone_rewritten_or_of_another_scorer_are_told() -> None:
    values = shares(random.Random(5), 0.9, 40)
    first, second = side(values), side({case: value for case, value in values.items() if case != "k007"})
    second.hashes["k001"] = "other"
    found = compared(first, second)
    assert (found.only_first, found.rewritten, found.changes[-1].cases) == (("k007",), ("k001",), 38)
    assert gated(found, {}).verdict == "not enough evidence", "a case that fails must not be left out to pass"
    second.scorers["right"] = 2
    found = compared(first, second)
    assert found.other_scorers == ("right",) and [one.metric for one in found.changes] == ["answered"]
    assert any("another version" in one.why for one in gated(found, {}).rulings)


def test_a_metric_that_is_gone_and_a_scorer_that_crashed_do_not_pass() -> None:
    values = shares(random.Random(6), 0.9)
    without = side(values)
    del without.values["right"]
    assert rule(side(values), without).verdict == "not enough evidence"
    crashed = side(values)
    crashed.faults["k003"] = "The scorer right failed: KeyError"
    said = rule(side(values), crashed)
    assert said.verdict == "not enough evidence" and "k003" in said.rulings[-1].why


def test_sides_of_other_suites_and_without_a_common_case_are_refused() -> None:
    one, other = side({"a": 1.0}), side({"b": 1.0})
    with pytest.raises(InputError, match="no case in common"):
        compared(one, other)
    object.__setattr__(other, "suite", "another")
    with pytest.raises(InputError, match="side of “another”"):
        compared(one, other)


def test_a_build_server_is_told_each_ruling() -> None:
    values = shares(random.Random(7), 0.95)
    worse: dict[str, float | None] = dict.fromkeys(values, 0.0)
    told = Xml.fromstring(junit("made", rule(side(values), side(worse))))
    [group] = told
    assert (group.get("tests"), group.get("failures"), group.get("errors")) == ("2", "1", "0")
    [failure] = group.iter("failure")
    assert "worse beyond chance" in (failure.get("message") or "")


def verdicts(loss: float, rounds: int, count: int) -> list[str]:
    """What the gate says of pairs of runs that differ by chance, and by this loss."""
    draw, said = random.Random(11), []
    for _ in range(rounds):
        first = shares(draw, 0.9, count)
        second = {case: float(draw.random() < 0.9) if draw.random() < 0.3 else value for case, value in first.items()}
        for case in second:
            if draw.random() < loss:
                second[case] = 0.0
        said.append(rule(side(first, 40), side(second, 40), margin=0.01).verdict)
    return said


def test_runs_that_differ_by_chance_are_seldom_blocked_and_a_real_loss_mostly_is() -> None:
    assert verdicts(0.0, 60, 400).count("regressed") <= 6
    assert verdicts(0.10, 20, 400).count("regressed") >= 16
