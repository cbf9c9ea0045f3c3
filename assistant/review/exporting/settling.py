"""What a process that was killed while it exported left behind: removed, and told where it was told otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.export import Counts, Export, Stand
from assistant.domain.person import DESK
from assistant.errors import UnknownId
from assistant.review.exporting.staging import abandoned, withdraw


class Kept(Protocol):
    """What is needed of the exports that are kept."""

    def put(
        self, export: Export, at: dt.datetime, who: str, act: str, body: Mapping[str, Any], was: Stand | None = None
    ) -> None: ...
    def export(self, own: str) -> Export: ...


def settle(kept: Kept, folders: Iterable[Path], now: dt.datetime) -> None:
    """Settle what was broken off in some folders.

    An export that stands as done while its file still lies in its own folder was never there for anybody: a scheduled
    one waits for its run again, of another its maker was told nothing, and it has failed.
    """
    for folder in folders:
        for own, left in abandoned(folder):
            try:
                export = kept.export(own)
            except UnknownId:
                continue
            if export.stand == "done" and (left / Path(export.file).name).exists():
                withdraw(Path(export.file))
                kept.put(_again(export), now, DESK, "export_broken_off", {"sha256": export.digest}, was="done")


def _again(export: Export) -> Export:
    if export.ran_at == export.made_at:
        return export.model_copy(update={"stand": "failed", "why": "it was broken off before its files were in place"})
    return export.model_copy(update={"stand": "scheduled", "counts": Counts(), "digest": "", "ran_at": None})
