"""What the script of the calls sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assistant.domain.action import Outcome
from assistant.domain.values import Locale
from ui.surface import Given

Item = Annotated[str, StringConstraints(max_length=64)]
Words = Annotated[str, StringConstraints(max_length=3000)]
Which = Literal["", "mine", "team"]
LONGEST_NOTE = 2000


class Look(Given):
    """Which queue is looked at, which call is open in it, and whether it was there already."""

    view: Which = ""
    item: Item = ""
    again: bool = False


class Picked(Given):
    """One call."""

    item: Item


class Spoken(Picked):
    """A call, and in which language its script is read: the customer's where none is named."""

    locale: Locale | Literal[""] = ""


class Said(Spoken):
    """A manager's own words by the place of the part of the script, and which part is asked about."""

    place: int = Field(ge=0, le=99)
    words: dict[int, Words] = Field(max_length=100)


class Came(Given):
    """What came of a call; `seen`: how many outcomes of it were known when it was opened."""

    item: Item
    outcome: Outcome | Literal[""] = ""
    note: str = Field(default="", max_length=LONGEST_NOTE)
    seen: int = Field(ge=0)
    view: Which = ""


class Away(Given):
    """Who is not there, and who takes their calls: all others of the team where nobody is named. Nothing is done
    unless it is `sure`."""

    absent: list[Item] = Field(default_factory=list, max_length=500)
    to: list[Item] = Field(default_factory=list, max_length=500)
    sure: bool = False
