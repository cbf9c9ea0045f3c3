"""What the score page's script sends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from ui.surface import Given

Own = Annotated[str, StringConstraints(max_length=64)]


class Which(Given):
    """A session by its id; the newest open one where none is named."""

    session: Own = ""


class Says(Which):
    """What somebody says of a pair that they see: 1 left, 2 neither, 3 right, and why."""

    pair: Own
    choice: int = 0
    reasons: Annotated[tuple[Own, ...], Field(max_length=50)] = ()
