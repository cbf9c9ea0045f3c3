"""A session over forty pairs, and three who score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.person import Person
from assistant.domain.rating import Half, Pair
from assistant.store.database import Database, sqlite_url
from assistant.store.ratings import RatingStore
from eval.judge.criteria import load_criteria
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
MEI, JUN, EVA = (Person(login=login, name=login, roles=("evaluator",)) for login in ("mei", "jun", "eva"))


def pairs(count: int = 40) -> list[Pair]:
    """Pairs of a model's and the phrase writer's texts."""
    return [
        Pair(
            id=f"pair-{n}",
            cluster=f"c{n % 8}",
            language="en",
            readers="Salaried people",
            a=Half(text=f"By the model, {n}.", source="model:qwen"),
            b=Half(text=f"By phrases, {n}.", source="phrases"),
        )
        for n in range(count)
    ]


Begun = Callable[..., Scoring]


@pytest.fixture
def begun(tmp_path: Path) -> Begun:
    """Opens a session, in a store that the next one shares."""
    store = RatingStore(Database(sqlite_url(tmp_path / "desk.db")))

    def at(count: int = 40, rubric: str = "clarity") -> Scoring:
        scoring = Scoring(store, load_rules())
        asked = load_rules().rubric(load_criteria().one(rubric))
        return Scoring(store, load_rules(), scoring.begin("Autumn", pairs(count), asked, MEI, NOW))

    return at


def liking(scoring: Scoring, by: Person, wanted: str, count: int = 1000) -> int:
    """Score so many pairs, taking the text that holds some words; how many were scored."""
    done = 0
    while done < count and (turn := scoring.next(by)) is not None:
        choice = 1 if wanted in turn.left else 3 if wanted in turn.right else 2
        scoring.score(by, turn.pair, choice, NOW + dt.timedelta(seconds=done))
        done += 1
    return done
