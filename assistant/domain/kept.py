"""What was kept: a brief that somebody asked for, a text as it stands in the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.brief import Brief, Cell
from assistant.domain.finding import Claim
from assistant.domain.item import State
from assistant.domain.proposal import Cause


class KeptBrief(BaseModel):
    """A brief with who made it and what it comes to: cells that can and cannot be written, texts, calls and tokens of
    the model. `run`: what it is written as, once it was begun."""

    model_config = ConfigDict(frozen=True)
    id: str
    brief: Brief
    estimate: Mapping[str, Any]
    maker: str
    made_at: dt.datetime
    run: str | None = None


class Frozen(BaseModel):
    """A recall that holds a text: by which knowledge, why, and whether new values mend it or it needs words."""

    model_config = ConfigDict(frozen=True)
    knowledge: str
    why: tuple[Cause, ...]
    mend: Literal["render", "write"]


class KeptText(BaseModel):
    """A kept text as it is shown. `id`: by which it is decided and edited; `replaced`: another stands in its place."""

    model_config = ConfigDict(frozen=True)
    id: str
    draft: str
    text: str
    cell: Cell
    claims: tuple[Claim, ...]
    state: State
    version: int
    makers: tuple[str, ...]
    replaced: bool
    frozen: Frozen | None = None
