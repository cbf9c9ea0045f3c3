"""A clause of the phrase book: written by a copywriter, with the people and places it suits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.domain.base import Entry, Listed
from assistant.domain.values import Locale

Role = Literal["title", "body", "action", "opening", "greeting", "close"]
Form = Literal["short", "note", "letter", "script"]
"""What a body is written as: a line of a push, a text message, a letter, what is spoken in a call."""
PhraseId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._+-]{0,99}$")]


class Phrase(Entry):
    """One clause. A condition that is left out suits everybody."""

    id: PhraseId
    role: Role
    text: str = Field(min_length=1, max_length=1200)
    campaign: Listed = ()
    topic: Listed = ()
    segment: Listed = ()
    age: Listed = ()
    channel: Listed = ()
    product_type: Listed = ()
    act: Listed = ()
    angle: str | None = None
    form: Form | None = None
    tone: Listed = ()


class Book(Entry):
    """All clauses of a locale."""

    locale: Locale
    phrases: tuple[Phrase, ...]
