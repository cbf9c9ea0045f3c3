"""The wiring of what leaves the desk and what comes back: exports, results, the library of what was approved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.checks.engine import CheckEngine
    from assistant.domain.pack import Pack
    from assistant.retrieval.embedding import Embedder
    from assistant.retrieval.search import Search
    from assistant.retrieval.stock import Stock
    from assistant.review.exporting.rows import Source
    from assistant.review.exporting.running import Exports
    from assistant.review.library.kept import Library
    from assistant.review.library.reuse import Reuse, Shown
    from assistant.review.results.taking import Results
    from assistant.settings import Settings
    from assistant.store.database import Database
    from assistant.store.desk import DeskStore
    from assistant.store.drafts import DraftStore
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
    def embedder(self) -> Embedder | None: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def recalls(self) -> RecallStore: ...


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

    @cached_property
    def library(self) -> Library:
        """What was approved, to be found again."""
        from assistant.retrieval.opening import open_search
        from assistant.review.library.kept import Library

        desk = self.desk

        def opened(stock: Stock) -> Search:
            # That an index of texts is missing or old is no news: it is made anew whenever one is approved.
            return open_search(stock, desk.settings.home, embedder=desk.embedder, notify=lambda message: None)

        return Library(desk.pack, desk.shelf, desk.recalls.frozen, self.results.how, opened)

    @cached_property
    def shown(self) -> Shown:
        """Approved texts as examples for the model."""
        from assistant.review.library.reuse import Shown

        return Shown(self.desk.pack, self.library)

    @cached_property
    def reuse(self) -> Reuse:
        """What makes drafts of approved texts."""
        from assistant.domain.knowledge import knowledge_of
        from assistant.review.library.reuse import Reuse
        from assistant.writing.gate import Gate

        desk = self.desk
        gate = Gate(desk.pack, desk.engine)
        return Reuse(desk.pack, gate, self.library, desk.drafts, lambda: desk.recalls.keep(knowledge_of(desk.pack)))

    def _readers(self) -> Source:
        """Where customers are, and who asked here not to be contacted."""
        from assistant.review.exporting.rows import Source
        from assistant.store.actions import ActionStore

        told = ActionStore(self.desk.database).outcomes()
        refused = frozenset(row["customer"] for row in told if row["outcome"] == "do_not_contact")
        return Source(self.desk.settings.data, refused)
