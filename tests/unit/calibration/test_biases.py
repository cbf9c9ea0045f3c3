"""Judges whose bias is known are found out, and a careful one is not accused."""

from __future__ import annotations

import pytest

from assistant.review.results.statistics import Interval
from eval.calibration.bar import load_bar
from eval.judge.biases import Compared, Rated, length, length_of_levels, position, signal
from eval.judge.scripted import Careful, Character, Dice, FirstLover, LongerLover
from eval.statistics.agreement import Draw
from eval.statistics.undefined import Undefined
from tests.unit.calibration.town import compared, judged, rated, texts, truth

LIMITS, DRAWN = load_bar().biases, Draw(resamples=1000)
MADE = texts(600)


@pytest.mark.parametrize(
    ("character", "bias"),
    [(FirstLover(), "position"), (FirstLover(0.5), "position"), (LongerLover(), "length"), (Dice(), None)],
)
def test_each_bias_is_found_and_no_other(character: Character, bias: str | None) -> None:
    pairs = compared(character, MADE)
    told = (position(pairs, LIMITS, DRAWN), length(pairs, LIMITS, DRAWN))
    assert [one.bias for one in told if one.end == "found"] == ([bias] if bias else [])


@pytest.mark.parametrize("rate", [0.85, 1.0])
def test_a_careful_judge_is_clear_of_every_bias(rate: float) -> None:
    pairs = compared(Careful(truth(MADE), rate), MADE)
    assert position(pairs, LIMITS, DRAWN).end == length(pairs, LIMITS, DRAWN).end == "clear"


def test_a_judge_that_always_prefers_the_first_is_found_out_in_words() -> None:
    found = position(compared(FirstLover(), MADE), LIMITS, DRAWN)
    assert found.end == "found" and found.interval == Interval(1.0, 1.0, 1.0)
    assert "300 pairs" in found.words and "100.0% went to the first text both times" in found.words


def test_a_judge_that_always_prefers_the_second_is_found_out_too() -> None:
    turned = [Compared(c.cluster, ("b", "a"), "tie", c.lengths, c.people) for c in compared(Dice(), MADE)]
    found = position(turned, LIMITS, DRAWN)
    assert found.end == "found" and found.interval is not None and found.interval.value == -1


def test_who_prefers_what_people_prefer_does_not_love_length_though_people_do() -> None:
    """Length is held against people's own preference: here the longer text wins three times of four."""
    pairs = [Compared(f"c{n % 30}", ("a", "a"), "a", (90, 40) if n % 4 else (40, 90), "a") for n in range(200)]
    assert length(pairs, LIMITS, DRAWN).end == "clear"


def test_levels_that_follow_length_are_found_and_careful_or_random_ones_are_not() -> None:
    people = {row.item: row.level for row in rated(MADE, raters=1)}

    def end(character: Character) -> str:
        rows = [
            Rated(said.cluster, said.level, people[said.item], said.characters)
            for said in judged(character, MADE)
            if said.level is not None and said.characters is not None
        ]
        return length_of_levels(rows, LIMITS, DRAWN).end

    assert end(LongerLover()) == "found"
    assert end(Careful(truth(MADE), 0.85)) == end(Dice()) == "clear"


def test_a_judge_that_errs_as_often_to_the_shorter_as_to_the_longer_follows_no_length() -> None:
    """Two of five are wrong, and wrong either way: noise, of which agreement tells, not this."""
    pairs = []
    for n in range(400):
        people, wrong = ("a", "b") if n % 2 else ("b", "a"), n % 5 < 2
        better = people[1] if wrong else people[0]
        pairs.append(Compared(f"c{n // 10}", (better, better), better, (90, 40), people[0]))
    found = length(pairs, LIMITS, DRAWN)
    assert found.end == "clear" and found.interval is not None and abs(found.interval.value) < 1e-9


def test_a_judge_that_gives_everything_one_level_follows_no_length_however_lengths_lie() -> None:
    rows = [Rated(f"c{n % 30}", 4, 3, 50 if n % 10 < 6 else 40 if n % 10 < 9 else 60) for n in range(400)]
    found = length_of_levels(rows, LIMITS, DRAWN)
    assert found.end == "clear" and found.interval is not None and abs(found.interval.value) < 1e-9


def test_of_a_few_pairs_nothing_is_said() -> None:
    few = compared(FirstLover(), MADE[:40])
    for found in (position(few, LIMITS, DRAWN), length(few, LIMITS, DRAWN)):
        assert found.end == "not_enough" and found.interval is None and "Too few" in found.words


def test_pairs_of_one_cluster_tell_nothing_of_another() -> None:
    one = [Compared("c", ("a", "b"), "tie", (40 + n % 2, 41 - n % 2), "a") for n in range(200)]
    assert position(one, LIMITS, DRAWN).end == length(one, LIMITS, DRAWN).end == "not_enough"
    assert "one cluster" in position(one, LIMITS, DRAWN).words


def test_pairs_of_one_sort_in_a_single_cluster_tell_nothing_of_length() -> None:
    longer = [Compared(f"c{n % 10}", ("a", "a"), "a", (90, 40), "a") for n in range(200)]
    shorter = [Compared("c1", ("a", "a"), "a", (90, 40), "b") for n in range(40)]
    found = length(longer + shorter, LIMITS, DRAWN)
    assert found.end == "not_enough" and "Too few clusters" in found.words


@pytest.mark.parametrize(
    ("found", "rows", "end"),
    [
        (Interval(0.5, 0.4, 0.6), 250, "clear"),
        (Interval(0.02, -0.08, 0.1), 250, "found"),
        (Interval(0.9, 0.8, 1.0), 10, "not_enough"),
        (Undefined("All labels are equal."), 250, "not_enough"),
    ],
)
def test_agreement_that_chance_would_reach_is_no_signal(found: Interval | Undefined, rows: int, end: str) -> None:
    told = signal(found, rows, 60)
    assert told.end == end and (end != "not_enough" or rows == 10 or "All labels are equal." in told.words)
