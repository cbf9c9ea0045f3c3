"""Blind comparisons are kept alike on SQLite and on PostgreSQL, whoever writes at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant.domain.rating import Half, Pair, RatingSession, Rubric, Scored
from assistant.errors import StoreError, UnknownId
from assistant.store.audit import AuditStore
from assistant.store.database import Database
from assistant.store.ratings import RatingStore
from tests.contract.racing import at_once
from tests.contract.rows import NOW


def session(own: str = "s1", **more: Any) -> RatingSession:
    pair = Pair(id="p1", cluster="c", a=Half(text="甲", source="x"), b=Half(text="乙", source="y"))
    rubric = Rubric(criterion="clarity", question="?", levels=("1", "2"), reasons={"clearer": {"en": "clearer"}})
    told: dict[str, Any] = {"name": "Autumn", "rubric": rubric, "pairs": (pair,), "seed": "0f" * 16, "repeats": 0.05}
    return RatingSession(**{"id": own, "gap": 12, "made_by": "mei", "made_at": NOW, **told, **more})


def scored(turn: str = "t1", **more: Any) -> Scored:
    told: dict[str, Any] = {
        "session": "s1", "rater": "mei", "turn": turn, "attempt": 0, "place": 0, "pair": "p1", "repeat": False,
        "swapped": True, "choice": 1, "better": "b", "reasons": ("clearer",), "at": NOW,
    }  # fmt: skip
    return Scored(**{**told, **more})


@pytest.fixture
def store(database: Database) -> RatingStore:
    made = RatingStore(database)
    with made.book() as book:
        book.add(session())
    return made


def test_a_session_comes_back_as_it_was(store: RatingStore) -> None:
    assert store.session("s1") == session() == store.session("s1")
    with store.book() as book:
        book.add(session("abc1"))
    with pytest.raises(UnknownId) as unknown:
        store.session("abc2")
    assert unknown.value.close == ["abc1"]
    with store.book() as book, pytest.raises(UnknownId):
        book.closed("none")


def test_sessions_are_listed_newest_first_and_the_newest_open_one_is_known(store: RatingStore) -> None:
    with store.book() as book:
        for n in range(3):
            book.add(session(f"n{n}", made_at=NOW + dt.timedelta(hours=n + 1)))
    assert store.session("n2").closed_at is None
    with store.book() as book:
        assert book.close("n2", NOW) and not book.close("n2", NOW) and book.closed("n2") == NOW
    first = store.listed(limit=2)
    assert [one.id for one in (*first, *store.listed(first[-1].id))] == ["n2", "n1", "n0", "s1"]
    assert store.newest_open() == "n1" and store.session("n2").closed_at == NOW == store.listed()[0].closed_at


def test_what_was_said_is_kept_once_and_comes_back_in_order(store: RatingStore) -> None:
    rows = [scored("t1"), scored("t2", place=1, at=NOW + dt.timedelta(seconds=1)), scored("t1", rater="jun")]
    with store.book() as book:
        assert [book.put(row) for row in rows] == [True] * 3 and not book.put(scored("t1", choice=3, better="a"))
    assert store.standing("s1") == [rows[2], rows[0], rows[1]] and store.standing("s1", "mei") == rows[:2]
    assert store.counted("s1") == {"mei": 2, "jun": 1} and store.standing("none") == []


def test_what_is_taken_back_stands_no_more_but_is_kept(store: RatingStore) -> None:
    one, other = scored("t1"), scored("t2", place=1)
    with store.book() as book:
        book.put(one)
        book.put(other)
        assert book.last("s1", "mei") == other and book.last("s1", "jun") is None
        assert book.undo(other, NOW) and not book.undo(other, NOW)
        assert book.last("s1", "mei") == one
        assert book.put(scored("t2", place=1, attempt=1, choice=2, better="tie"))
        assert [row.undone_at for row in book.at_turn("s1", "mei", "t2")] == [NOW, None]
    assert [row.choice for row in store.standing("s1")] == [1, 2]


def test_what_is_refused_in_a_transaction_leaves_nothing(store: RatingStore, database: Database) -> None:
    with pytest.raises(RuntimeError), store.book() as book:
        book.put(scored())
        book.audit(NOW, "mei", "score", "rating:s1", {})
        raise RuntimeError
    assert store.standing("s1") == [] == list(AuditStore(database).rows())
    with pytest.raises(StoreError), store.book() as book:
        book.put(scored(session="none"))


def test_of_many_who_say_something_at_one_turn_at_once_one_is_kept(store: RatingStore) -> None:
    kept: list[bool] = []

    def say(number: int) -> None:
        with store.book() as book:
            kept.append(book.put(scored(choice=1 + number % 3)))

    assert at_once(6, say) == [None] * 6
    assert sorted(kept) == [False] * 5 + [True] and len(store.standing("s1")) == 1


def test_of_many_who_take_the_same_back_one_does(store: RatingStore) -> None:
    with store.book() as book:
        book.put(scored())
    done: list[bool] = []

    def undo(_number: int) -> None:
        with store.book() as book:
            last = book.last("s1", "mei")
            done.append(last is not None and book.undo(last, NOW))

    assert at_once(6, undo) == [None] * 6
    assert sorted(done) == [False] * 5 + [True]
