"""A brief, a cell and its drafts, as the store keeps them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant, Written

NOW = dt.datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=dt.UTC)
CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="35-44", channel="sms", locale="zh-Hans", market="cn")
BRIEF = Brief(
    campaign="B1-TERM2Y", segments=("salary",), ages=("35-44",), channels=("sms",), locales=("zh-Hans",),
    send_on=dt.date(2026, 11, 23),
)  # fmt: skip


def written(*ids: str, **more: Any) -> Written:
    """A cell with drafts of these ids."""
    drafts = [
        Variant(
            id=own, text="利率2.2%", template="利率{product:TD-24M.rate}", angle="gain", writer="phrases",
            verdict="pass", findings=[], claims=[],
        ).model_copy(update=more)
        for own in ids
    ]  # fmt: skip
    return Written(cell=CELL, status="written", why="", variants=drafts)
