"""Whom the desk speaks to, and over what."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from assistant.domain.base import Entry, FullText, Listed, Text
from assistant.domain.catalogue import Grade, Id


class Segment(Entry):
    """A group of customers; `risk` is the highest product grade that the desk may offer it."""

    id: Id
    name: FullText
    description: Text = Field(default_factory=dict)
    risk: Grade
    ages: Listed
    condition: str = ""

    @property
    def grade(self) -> int:
        """The highest risk grade as a number."""
        return int(self.risk[1])


class AgeBand(Entry):
    """A span of ages and how one speaks to it."""

    id: Annotated[str, Field(pattern=r"^\d+(-\d+|\+)$")]
    start: int = Field(alias="from", ge=0, le=120)
    until: int | None = Field(default=None, le=150)
    name: FullText
    address: FullText
    tone: Text = Field(default_factory=dict)
    max_sentence: dict[str, int] = Field(default_factory=dict)
    urgency: bool = True


class Channel(Entry):
    """A way to reach people, with the limits of its format as data; `needs_tag`: only customers with this tag."""

    id: Id
    name: FullText
    parts: tuple[str, ...]
    voice: bool = False
    public: bool = True
    markup: str = "none"
    limits: dict[str, Any] = Field(default_factory=dict)
    spoken_rate: dict[str, float] = Field(default_factory=dict)
    quiet_hours: str | None = None
    link_allowed: bool = True
    emoji: bool = False
    signature: bool = False
    opt_out: bool = False
    signed: bool = False
    needs_tag: str | None = None
    disclosure_form: str = "full"
    shapes: tuple[str, ...] = ()
    notes: Text = Field(default_factory=dict)


class Market(Entry):
    """A place with its law and the locales spoken there: language is not law."""

    jurisdiction: str
    locales: Listed
