"""What the desk keeps: the database and what lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap.knowing import Knowing

if TYPE_CHECKING:
    from assistant.store.audit import AuditStore
    from assistant.store.counts import Counts
    from assistant.store.database import Database
    from assistant.store.desk import DeskStore
    from assistant.store.drafts import DraftStore
    from assistant.store.ratings import RatingStore
    from assistant.store.recalls import RecallStore
    from assistant.store.replies import ReplyStore
    from assistant.store.runs import RunStore


@dataclass
class Keeping(Knowing):
    """What the desk keeps: the database and what lies in it."""

    @cached_property
    def database(self) -> Database:
        """The database, its schema up to date."""
        from assistant.store.database import Database, sqlite_url

        url = self.settings.database_url or sqlite_url(self.settings.home / "copydesk.db")
        return Database(url, self.settings.busy_seconds)

    @cached_property
    def drafts(self) -> DraftStore:
        """Runs, cells and drafts."""
        from assistant.store.drafts import DraftStore

        return DraftStore(self.database)

    @cached_property
    def runs(self) -> RunStore:
        """Runs as they are looked at."""
        from assistant.store.runs import RunStore

        return RunStore(self.database)

    @cached_property
    def ratings(self) -> RatingStore:
        """Blind comparisons of texts."""
        from assistant.store.ratings import RatingStore

        return RatingStore(self.database)

    @cached_property
    def recalls(self) -> RecallStore:
        """Versions of the knowledge, and the drafts that a change has frozen."""
        from assistant.store.recalls import RecallStore

        return RecallStore(self.database)

    @cached_property
    def shelf(self) -> DeskStore:
        """Texts under decision, and what was decided."""
        from assistant.store.desk import DeskStore

        return DeskStore(self.database)

    @cached_property
    def audit(self) -> AuditStore:
        """Who did what."""
        from assistant.store.audit import AuditStore

        return AuditStore(self.database)

    @cached_property
    def counts(self) -> Counts:
        """How much of everything there is."""
        from assistant.store.counts import Counts

        return Counts(self.database)

    @cached_property
    def replies(self) -> ReplyStore:
        """What was answered to requests that carry a key."""
        from assistant.store.replies import ReplyStore

        return ReplyStore(self.database)
