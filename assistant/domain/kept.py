"""A brief that somebody asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.domain.brief import Brief


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
