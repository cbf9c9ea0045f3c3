"""What the review's script sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.api.texts import MOST, Decided, Seen
from assistant.domain.item import State
from ui.surface import Given

Id = Annotated[str, Field(max_length=32)]
Reason = Annotated[str, Field(max_length=40)]
Comment = Annotated[str, Field(max_length=2000)]
LAST = 10
"""Decisions that stay in sight, to be undone."""


class Opened(Given):
    """Which part of the queue; `mine` are the texts that this browser decided last."""

    state: State = "submitted"
    after: Id = ""
    mine: list[Id] = Field(default_factory=list, max_length=LAST)


class Shown(Given):
    """One text or one package."""

    id: Id


class Judged(Given):
    """A decision on texts as they were seen. `bulk`: what has findings is left out."""

    act: Decided
    texts: list[Seen] = Field(min_length=1, max_length=MOST)
    reason: Reason = ""
    comment: Comment = ""
    bulk: bool = False
    mine: list[Id] = Field(default_factory=list, max_length=LAST)


class Whole(Given):
    """A decision on every text of a package."""

    id: Id
    act: Literal["submit", "approve", "reject", "ask", "release", "retire"]
    reason: Reason = ""
    comment: Comment = ""


class Passed(Given):
    """Sentences of a package that were read and passed."""

    id: Id
    sentences: list[Annotated[str, Field(max_length=64)]] = Field(min_length=1, max_length=MOST)


class Reworded(Given):
    """Other words for a text."""

    id: Id
    text: str = Field(min_length=1, max_length=10_000)
    version: int | None = None
