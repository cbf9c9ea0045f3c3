"""Why a text is sent back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.domain.base import Entry, FullText


class Reason(Entry):
    """Why a text is sent back: what a checker chooses from."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: FullText
