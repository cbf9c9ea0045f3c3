"""The wiring of what leaves the desk and what comes back: exports, results, the library of what was approved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.checks.engine import CheckEngine
    from assistant.domain.pack import Pack
    from assistant.playbook.actions import NextActions
    from assistant.review.exporting.rows import Source
    from assistant.review.exporting.running import Exports
    from assistant.review.results.taking import Results
    from assistant.settings import Settings
    from assistant.store.database import Database
    from assistant.store.desk import DeskStore
    from assistant.store.exports import ExportStore
    from assistant.store.recalls import RecallStore


class Parts(Protocol):
    """What the wiring needs of a desk."""

    @property
    def settings(self) -> Settings: ...
    @property
    def pack(self) -> Pack: ...
    @property
    def engine(self) -> CheckEngine: ...
    @property
    def database(self) -> Database: ...
    @property
    def shelf(self) -> DeskStore: ...
    @property
    def recalls(self) -> RecallStore: ...
    @property
    def actions(self) -> NextActions: ...


@dataclass
class Outgoing:
    """Parts are made when first used."""

    desk: Parts

    @cached_property
    def export_store(self) -> ExportStore:
        """Exports, and what they hold."""
        from assistant.store.exports import ExportStore

        return ExportStore(self.desk.database)

    @cached_property
    def exports(self) -> Exports:
        """What writes released texts into files. Raises SettingsError for a webhook that cannot be used."""
        from assistant.review.exporting.running import Exports
        from assistant.review.exporting.webhook import Webhook

        desk, settings = self.desk, self.desk.settings
        secret, link = settings.webhook_secret or "", settings.public_url
        return Exports(
            desk.pack,
            desk.engine,
            desk.shelf,
            self.export_store,
            desk.recalls.frozen,
            self._readers,
            settings.home / "exports",
            Webhook(settings.webhook_url, secret, link) if settings.webhook_url else None,
        )

    @cached_property
    def results(self) -> Results:
        """What takes results in and shows them."""
        from assistant.review.results.taking import Results
        from assistant.store.results import ResultStore

        smallest = self.desk.settings.small_cells
        return Results(self.desk.pack, ResultStore(self.desk.database), self.export_store.rollout, smallest)

    def _readers(self) -> Source:
        """Where customers are, and who asked here not to be contacted."""
        from assistant.review.exporting.rows import Source

        told = self.desk.actions.store.outcomes()
        refused = frozenset(row["customer"] for row in told if row["outcome"] == "do_not_contact")
        return Source(self.desk.settings.data, refused)
