"""What an index is built of beside a pack: entries with a version of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.retrieval.entry import Entry


@dataclass(frozen=True)
class Stock:
    """Entries by name. Another `version` is another index; `id` names its folder and must be no pack's."""

    id: str
    version: str
    entries: Callable[[], list[Entry]]
