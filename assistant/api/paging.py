"""A page of a list."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class Page(BaseModel):
    """Some of the items; `next` is what to give as `after` for those that follow, null at the end."""

    items: list[dict[str, Any]]
    next: str | int | None = None
