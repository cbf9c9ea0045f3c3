"""What the page's script sends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ui.surface import Given

LONGEST_FILE = 8_000_000
"""Characters of a file as it is sent, in base64: some six megabytes."""
Form = Literal["tasks", "config", "sheet", "annotations", "ratings"]
"""Tasks and workbook of one's own turns, blind; Label Studio's configuration; all that was said, no longer blind."""


class Looks(Given):
    """A session; the newest open one where none is named."""

    session: str = Field("", max_length=40)


class Scores(Looks):
    """What is said of a turn: 1 left, 2 neither, 3 right, and why."""

    pair: str = Field(max_length=40)
    choice: int
    reasons: list[str] = Field(default_factory=list, max_length=20)


class Begins(Given):
    """A new session: its name, what is asked, and a file of pairs, a JSON object a line."""

    name: str = Field(max_length=200)
    criterion: str = Field(max_length=40)
    content: str = Field(max_length=LONGEST_FILE)


class Wants(Looks):
    """A file to keep."""

    form: Form


class Brings(Looks):
    """A file that was filled in: its name and its content in base64."""

    name: str = Field(max_length=200)
    content: str = Field(max_length=LONGEST_FILE)
