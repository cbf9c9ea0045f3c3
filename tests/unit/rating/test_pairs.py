"""Sides, orders and repeats come from a seed that stays on the server."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import pytest

from assistant.domain.rating import RatingSession, Rubric
from eval.rating.pairs import repeated, turns
from tests.unit.rating.conftest import pairs


def session(count: int = 40, repeats: float = 0.05, gap: int = 12, seed: str = "s") -> RatingSession:
    return RatingSession(
        id="one",
        name="One",
        rubric=Rubric(criterion="clarity", question="?"),
        pairs=tuple(pairs(count)),
        seed=seed,
        repeats=repeats,
        gap=gap,
        made_by="mei",
        made_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("count", [1, 2, 3, 19, 40, 200])
@pytest.mark.parametrize("rater", ["mei", "jun", "eva"])
def test_every_pair_comes_once_and_five_in_a_hundred_again_swapped_and_later(count: int, rater: str) -> None:
    every = turns(session(count), rater)
    first = {turn.pair.id: turn for turn in every if not turn.repeat}
    again = [turn for turn in every if turn.repeat]
    assert (
        len(first) == count and len(again) == repeated(count, 0.05) and len({turn.name for turn in every}) == len(every)
    )
    assert [turn.place for turn in every] == list(range(len(every)))
    for turn in again:
        one = first[turn.pair.id]
        assert turn.swapped != one.swapped and (turn.left, turn.right) == (one.right, one.left)
        assert turn.place - one.place >= min(12, count // 2)


@pytest.mark.parametrize(("count", "again"), [(0, 0), (1, 0), (2, 1), (19, 1), (40, 2), (200, 10)])
def test_how_much_comes_again(count: int, again: int) -> None:
    assert repeated(count, 0.05) == again and repeated(count, 0.0) == 0


def test_the_same_rater_sees_the_same_again_and_another_one_something_else() -> None:
    assert turns(session(), "mei") == turns(session(), "mei")
    orders = [[turn.pair.id for turn in turns(session(seed=seed), rater)] for seed in "st" for rater in ("mei", "jun")]
    assert len({tuple(order) for order in orders}) == 4


def test_sides_are_even_and_do_not_follow_the_pair() -> None:
    swapped = Counter(turn.swapped for turn in turns(session(200), "mei") if not turn.repeat)
    assert swapped[True] == swapped[False] == 100
    sides = [turn.swapped for turn in turns(session(200), "mei") if not turn.repeat]
    assert 60 < sum(one != other for one, other in itertools.pairwise(sides)) < 140, "the next side cannot be foretold"
    by_pair = [{t.pair.id: t.swapped for t in turns(session(), rater) if not t.repeat} for rater in ("mei", "jun")]
    assert by_pair[0] != by_pair[1]


def test_a_turns_name_says_nothing_of_its_pair_or_side() -> None:
    names = [turn.name for turn in turns(session(), "mei")]
    assert all("pair" not in name and len(name) == 20 for name in names)
    assert not {*names} & {turn.name for turn in turns(session(), "jun")} and sorted(names) != names


@pytest.mark.parametrize(("swapped", "meant"), [(False, ["a", "tie", "b"]), (True, ["b", "tie", "a"])])
def test_a_choice_between_left_and_right_is_turned_back(swapped: bool, meant: list[str]) -> None:
    turn = next(turn for turn in turns(session(), "mei") if turn.swapped == swapped)
    assert [turn.better(1), turn.better(2), turn.better(3)] == meant
    assert (turn.left == turn.pair.b.text) == swapped
