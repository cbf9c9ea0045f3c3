"""An export: what somebody asks for, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.domain.moments import When
from assistant.domain.rollout import Rollout

Form = Literal["csv", "xlsx", "jsonl"]
Stand = Literal["scheduled", "done", "failed", "cancelled"]
Values = dict[str, Any]
"""One row, by column."""


class Order(BaseModel):
    """Which released texts, in what form, for when. `send_at` is the institution's own time where it has no zone.

    `customers`: a list (a file), or empty for the institution's own table; with `per_customer` a row a customer,
    rendered; without it a row a text, as a template whose slots the campaign system fills.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    form: Form = "csv"
    items: tuple[str, ...] = Field(default=(), max_length=10_000)
    package: str | None = None
    campaign: str | None = None
    channels: tuple[str, ...] = ()
    send_at: When
    per_customer: bool = False
    customers: str | None = None
    rollout: Rollout | None = None

    @model_validator(mode="after")
    def _chosen(self) -> Order:
        if not (self.items or self.package or self.campaign):
            raise ValueError("nothing is chosen; name texts, a package or a campaign")
        if self.rollout and not self.per_customer and self.rollout.stage in ("whitelist", "traffic"):
            raise ValueError(f"the stage {self.rollout.stage} needs customers; export a row a customer")
        return self


class Counts(BaseModel):
    """Rows of an export. `held`: who is not reached yet, or is in a control arm; `arms`: rows by arm, control too."""

    model_config = ConfigDict(frozen=True)
    rows: int = 0
    refused: int = 0
    held: int = 0
    arms: dict[str, int] = Field(default_factory=dict)


class Export(BaseModel):
    """One export. `items` were chosen when it was asked for; `digest` is the file's SHA-256; `why` what failed."""

    model_config = ConfigDict(frozen=True)
    id: str
    stand: Stand
    by: str
    made_at: dt.datetime
    order: Order
    items: tuple[str, ...]
    file: str = ""
    digest: str = ""
    counts: Counts = Counts()
    knowledge: str = ""
    ran_at: dt.datetime | None = None
    why: str = ""
    frozen: tuple[str, ...] = ()
    """Its texts that a recall has frozen; a scheduled export with any of them does not run."""
