"""What the desk knows: the pack, its checks, its search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack
from assistant.packs.locate import content_root, pack_folder
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Embedder
    from assistant.retrieval.search import Search

Notify = Callable[[str], None]
LASTING = frozenset(
    "settings pack_name notify prompt_versions generation renewing content folder embedder database drafts runs recalls"
    " shelf audit counts replies seen_change people accounts _registers _passwords endpoint structured tokens"
    " room".split()
)
"""What hangs on no knowledge. All other parts of a desk are made anew when it is renewed."""


@dataclass
class Knowing:
    """What the desk knows: the pack, its checks, its search."""

    settings: Settings
    pack_name: str = "bank"
    notify: Notify = field(default=lambda message: None)
    prompt_versions: Mapping[str, int] = field(default_factory=dict)
    seen_change: str | None = field(default=None, init=False)
    generation: int = field(default=0, init=False)
    renewing: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)

    def renew(self, pack: Pack, engine: CheckEngine) -> None:
        """Work with another pack from now on. Who is at something finishes it with what they began it with."""
        with self.renewing:
            self.generation += 1
            for name in [one for one in vars(self) if one not in LASTING]:
                del vars(self)[name]
            vars(self).update(pack=pack, engine=engine)

    @cached_property
    def content(self) -> Path:
        """The folder of knowledge and prompts."""
        return content_root(self.settings.content)

    @cached_property
    def folder(self) -> Path:
        """The pack's folder."""
        return pack_folder(self.content, self.pack_name)

    @cached_property
    def pack(self) -> Pack:
        """The validated pack. Raises PackError with everything that is wrong with it."""
        return load_pack(self.folder)

    @cached_property
    def engine(self) -> CheckEngine:
        """The check engine over the pack's rules."""
        return CheckEngine(self.pack)

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedding model, where an endpoint is set."""
        if self.settings.embedding_url is None:
            return None
        from assistant.models.embedding import EndpointEmbedder

        key, name = self.settings.embedding_key, self.settings.embedding_name
        return EndpointEmbedder(self.settings.embedding_url, name or "", key)

    @cached_property
    def search(self) -> Search:
        """The search over the pack; its index is rebuilt where it is missing or damaged."""
        from assistant.retrieval.opening import open_search

        return open_search(self.pack, self.settings.home, embedder=self.embedder, notify=self.notify)
