"""What a scorer is: a function of a case and its answer, with a version. `open_scorer` finds one by its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import UnknownId
from eval.cases.case import Case
from eval.tasks.seam import Answer, Room


@dataclass(frozen=True, slots=True)
class Score:
    """A figure about an answer, higher is better unless the metric's name ends in `_cost`; a check gives 1.0 or 0.0.
    `value` is None where nothing can be said, and `why` then says why. `evidence` is what of the answer it rests on."""

    metric: str
    value: float | None
    why: str = ""
    evidence: str = ""


Scored = Callable[[Case, Answer, Room], Iterable[Score]]


@dataclass(frozen=True)
class Scorer:
    """A scorer's name, its version and its function. A changed function has a new version: its scores are no longer
    comparable with those of the old."""

    name: str
    version: int
    score: Scored


def scorer(version: int) -> Callable[[Scored], Scorer]:
    """Make a scorer of a function; it is called what the function is called."""

    def made(function: Scored) -> Scorer:
        return Scorer(getattr(function, "__name__", "scorer"), version, function)

    return made


SCORERS = {
    "asserts": "eval.scorers.asserts",
    "verdict": "eval.scorers.checked",
    "as_expected": "eval.scorers.checked",
    "in_words": "eval.scorers.checked",
    "bound": "eval.scorers.checked",
    "channel_fit": "eval.scorers.fitting",
    "diversity": "eval.scorers.varied",
    "readable": "eval.scorers.readable",
    "tone": "eval.scorers.tone",
    "recall": "eval.scorers.ranked",
    "triggers": "eval.scorers.fired",
    "script_shape": "eval.scorers.spoken",
    "withstood": "eval.scorers.attacked",
    "age_fair": "eval.scorers.ages",
    "locales_alike": "eval.scorers.locales",
    "not_again": "eval.scorers.again",
}


def open_scorer(name: str) -> Scorer:
    """A scorer by its name. UnknownId with the nearest names."""
    if name not in SCORERS:
        raise UnknownId("scorer", name, SCORERS)
    found: Scorer = getattr(importlib.import_module(SCORERS[name]), name)
    return found
