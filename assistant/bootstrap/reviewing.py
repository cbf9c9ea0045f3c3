"""What stands between a draft and its release: the workflow, recall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.staffing import Staffing
from assistant.domain.knowledge import knowledge_of
from assistant.errors import InputError
from assistant.review.rules import Wish
from assistant.writing.gate import Gate

if TYPE_CHECKING:
    from assistant.checks.engine import CheckEngine
    from assistant.domain.pack import Pack
    from assistant.review.editing import Editing
    from assistant.review.looking import Looking
    from assistant.review.packages import Packages
    from assistant.review.recall import Touched
    from assistant.review.sealing import Sealer
    from assistant.review.versions import Versions
    from assistant.review.workflow import Workflow


@dataclass
class Reviewing(Staffing):
    """What stands between a draft and its release: the workflow, recall."""

    @cached_property
    def looking(self) -> Looking:
        """Kept texts as they are found today."""
        from assistant.review.looking import Looking

        return Looking(self.pack, self.engine, self.shelf.rows)

    @cached_property
    def workflow(self) -> Workflow:
        """What takes a text from a draft to its release."""
        from assistant.review.workflow import Workflow

        return Workflow(self.shelf, self.looking, list(self.pack.reasons))

    @cached_property
    def editing(self) -> Editing:
        """What changes texts on behalf of people."""
        from assistant.review.editing import Editing

        return Editing(self.pack, Gate(self.pack, self.engine), self.shelf.rows, self.workflow)

    @cached_property
    def versions(self) -> Versions:
        """What finds the text that a changed one is compared with."""
        from assistant.review.versions import Versions

        return Versions(lambda subject: self.audit.rows(subject=subject), self.drafts.kept)

    @cached_property
    def packages(self) -> Packages:
        """Several waves that take one approval."""
        from assistant.review.packages import Packages

        return Packages(self.workflow, self.pack)

    @cached_property
    def sealer(self) -> Sealer:
        """What signs the audit's head."""
        from assistant.review.sealing import Sealer

        return Sealer(self.audit, *self.seal_files)

    @property
    def seal_files(self) -> tuple[Path, Path]:
        """Where the key and the seals lie, whether or not there is a database."""
        home, key, seals = self.settings.home, self.settings.seal_key, self.settings.seals
        return key or home / "keys" / "audit.pem", seals or home / "seals" / "audit.jsonl"

    def recall(self, since: str | None = None) -> list[Touched]:
        """Every kept draft that the knowledge of today touches. InputError for a version that nobody wrote on."""
        if since is not None and self.recalls.known(since) is None:
            raise InputError(f"Nothing was written on the knowledge {since}.", "copydesk doctor names the version.")
        return list(self.touched_by(self.pack, self.engine, self.recalls.drafts(since)))

    def touched_by(self, pack: Pack, engine: CheckEngine, drafts: Iterable[Mapping[str, Any]]) -> Iterator[Touched]:
        """Those of some drafts that a pack touches, whether it is that of today or not yet."""
        from assistant.review.assets import asset_of, renderer
        from assistant.review.recall import Recall

        recall = Recall(engine, knowledge_of(pack), lru_cache(self.recalls.known), renderer(pack))
        rows = (asset_of(pack, row) for row in drafts)
        return recall.touched(asset for asset in rows if asset is not None)

    def freeze(self, touched: Sequence[Touched]) -> None:
        """Freeze drafts until somebody deals with what touches them."""
        rows = [(one.asset.id, [asdict(reason) for reason in one.why], one.mend) for one in touched]
        self.recalls.freeze(self.pack.version, rows)
        moved = self.shelf.of_drafts([one.asset.id for one in touched])
        if moved:
            self.workflow.do(moved, Wish("recall", None, "knowledge"), dt.datetime.now(dt.UTC))
