"""A text on its way from a draft to its release: its state, the moves between states, who may make them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assistant.domain.brief import Cell
from assistant.domain.finding import Verdict
from assistant.domain.person import Role

State = Literal[
    "draft", "submitted", "changes_asked", "approved", "rejected", "released", "retired", "expired", "recalled"
]
Act = Literal["submit", "approve", "reject", "ask", "release", "retire", "expire", "recall", "edit", "undo"]
STATES: tuple[State, ...] = get_args(State)


class Item(BaseModel):
    """One text under decision. `version` grows with each change, so that a stale decision is found out.

    `content` hashes what is approved: the words, for whom they are, and the knowledge that they rest on. `makers` are
    all who wrote, changed or submitted it, the first of them first; none of them may judge it.
    """

    model_config = ConfigDict(frozen=True)
    id: str
    draft: str
    run: str
    cell: Cell
    makers: tuple[str, ...]
    state: State
    version: int
    content: str
    knowledge: str
    verdict: Verdict
    package: str | None = None
    wave: str = ""
    changed_by: str
    changed_at: dt.datetime
    held_by: str | None = None
    held_until: dt.datetime | None = None

    def holder(self, now: dt.datetime) -> str | None:
        """Who has taken the item to decide it, while that lasts."""
        return self.held_by if self.held_until is not None and self.held_until > now else None


class Decision(BaseModel):
    """One move of one item. `undoes`: the decision that it takes back; `content` is what was decided on."""

    model_config = ConfigDict(frozen=True)
    id: str
    item: str
    version: int
    act: Act
    source: State
    target: State
    by: str
    at: dt.datetime
    reason: str = ""
    comment: str = ""
    content: str
    knowledge: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """From which states an act leads where, who may do it, and what it needs. Without roles only the desk itself."""

    sources: frozenset[State]
    target: State
    roles: tuple[Role, ...] = ()
    needs_reason: bool = False


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


MOVES: Mapping[Act, Move] = {
    "submit": Move(_from("draft", "changes_asked"), "submitted", ("marketer",)),
    "approve": Move(_from("submitted"), "approved", ("checker",)),
    "reject": Move(_from("submitted"), "rejected", ("checker",), needs_reason=True),
    "ask": Move(_from("submitted"), "changes_asked", ("checker",), needs_reason=True),
    "edit": Move(
        _from("draft", "submitted", "changes_asked", "approved", "rejected", "recalled"), "draft", ("marketer",)
    ),
    "release": Move(_from("approved"), "released", ("marketer", "lead")),
    "retire": Move(_from("released"), "retired", ("marketer", "lead", "admin")),
    "expire": Move(_from("approved", "released"), "expired"),
    "recall": Move(_from("draft", "submitted", "changes_asked", "approved", "released"), "recalled"),
}
"""Undoing is no move of its own: it leads back to where the decision that it takes back came from."""
UNDOABLE: frozenset[Act] = frozenset({"approve", "reject", "ask"})
JUDGED: frozenset[Act] = frozenset({"approve", "reject", "ask"})
"""What the maker of a text may not do."""


def content_of(template: str, text: str, cell: Cell, knowledge: str) -> str:
    """A hash of what somebody approves, 32 hexadecimal digits: any change of it is another thing."""
    parts = (template, text, cell.key, knowledge)
    plain = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
