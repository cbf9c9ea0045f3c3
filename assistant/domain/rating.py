"""Pairs of texts that people compare without knowing who wrote which, and what they said."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.domain.person import Login

Better = Literal["a", "tie", "b"]
Choice = Literal[1, 2, 3]
"""What a rater says of two texts as they are shown: the left one, neither, the right one."""
MOST_PAIRS = 10_000
LONGEST_TEXT = 20_000
"""Characters."""


class Half(BaseModel):
    """One text of a pair. `source`: who wrote it, which no rater is told before the end."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    source: str = Field(min_length=1, max_length=200)


class Pair(BaseModel):
    """Two texts for the same readers. `cluster`: what pairs have in common (a campaign, a segment); `readers`: for
    whom, in words; `language`: a tag such as `zh-Hans`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(min_length=1, max_length=120)
    cluster: str = Field(min_length=1, max_length=120)
    language: str = ""
    readers: str = ""
    a: Half
    b: Half


class Rubric(BaseModel):
    """What raters are asked. `levels`: the criterion's anchors, the worst first; `reasons`: id → locale → words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    criterion: str
    question: str
    levels: tuple[str, ...] = ()
    reasons: dict[str, dict[str, str]] = Field(default_factory=dict)


class RatingSession(BaseModel):
    """A blind comparison. `seed` decides orders and sides and never leaves the server; `repeats`: the share of pairs
    that come again, swapped, at least `gap` turns later."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str = Field(min_length=1, max_length=120)
    rubric: Rubric
    pairs: tuple[Pair, ...] = Field(min_length=1, max_length=MOST_PAIRS)
    seed: str
    repeats: float = Field(ge=0, le=0.5)
    gap: int = Field(ge=1)
    made_by: Login
    made_at: dt.datetime
    closed_at: dt.datetime | None = None

    @model_validator(mode="after")
    def _once(self) -> RatingSession:
        if len({pair.id for pair in self.pairs}) < len(self.pairs):
            raise ValueError("a pair's id stands twice")
        return self

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return f"rating:{self.id}"


class Scored(BaseModel):
    """What a rater said of a pair at a turn. `choice` as it was shown, `better` as it is meant; `swapped`: b stood
    left; `attempt` counts from 0, one more after each undoing."""

    model_config = ConfigDict(frozen=True)
    session: str
    rater: Login
    turn: str
    attempt: int
    place: int
    pair: str
    repeat: bool
    swapped: bool
    choice: Choice
    better: Better
    reasons: tuple[str, ...] = ()
    at: dt.datetime
    undone_at: dt.datetime | None = None
