"""The one file that names Chroma: a folder as a collection of entries, filled once and read after that.

A process that forks must open its own collection in the child: Chroma hangs in a forked one.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.values import Locale
from assistant.errors import FileError, IndexDamaged
from assistant.retrieval.entry import Entry, EntryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Where = dict[str, Any]
NAME = "entries"
BATCH = 5_000
# Up to here vectors stay in SQLite until they are read, which no kill has corrupted; above it reopening would
# take too long, and a half-written folder is never opened anyway.
UNSYNCED = 2_000


def _settings() -> Any:
    from chromadb.config import Settings

    # Chroma would otherwise read whatever .env lies in the working folder.
    return Settings(_env_file=None, anonymized_telemetry=False)


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    import chromadb

    client: Any = chromadb.PersistentClient(str(folder), settings=_settings())
    try:
        yield client
    finally:
        client.close()


def fill(folder: Path, entries: Sequence[Entry], vectors: NDArray[np.float32]) -> None:
    """Write entries and their (n, dimension) vectors into a new folder. FileError where it cannot be written."""
    from chromadb.errors import ChromaError

    sync = 1_000_000 if len(entries) <= UNSYNCED else 1_000
    space = {"hnsw": {"space": "cosine", "sync_threshold": sync, "ef_search": 500}}
    try:
        with _client(folder) as client:
            collection = client.create_collection(NAME, embedding_function=None, configuration=space)
            for at in range(0, len(entries), BATCH):
                part = entries[at : at + BATCH]
                collection.upsert(
                    ids=[entry.id for entry in part],
                    embeddings=vectors[at : at + BATCH],
                    documents=[entry.text for entry in part],
                    metadatas=[{**entry.metadata, "row": at + number} for number, entry in enumerate(part)],
                )
    except (ChromaError, OSError) as error:
        raise FileError(
            f"The search index cannot be written to {folder} ({error}).",
            "Free some space on the disk, or name another folder in COPYDESK_HOME.",
        ) from error


class Collection:
    """An open collection. Every method raises IndexDamaged where Chroma cannot read its files."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.errors import ChromaError

        self._errors = (ChromaError, OSError, ValueError)
        with self._guard():
            client: Any = chromadb.PersistentClient(str(folder), settings=_settings())
            self._rows = client.get_collection(NAME, embedding_function=None)
        # Who renews a desk lets go of its search while others may still be at it.
        self._closing = weakref.finalize(self, client.close)
        self._closing.atexit = False

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise IndexDamaged(f"The search index cannot be read ({error}).") from error

    def close(self) -> None:
        """Let go of the files."""
        self._closing()

    def entries(self) -> list[Entry]:
        """All entries, in the order in which they were written."""
        with self._guard():
            found = self._rows.get(include=["documents", "metadatas"])
        texts, metadatas = found["documents"] or [], found["metadatas"] or []
        rows = sorted(zip(found["ids"], texts, metadatas, strict=True), key=lambda row: int(row[2]["row"]))
        return [_entry(name, text, dict(metadata)) for name, text, metadata in rows]

    def ids(self, where: Where | None) -> list[str]:
        """The ids that a filter lets through; all without a filter."""
        with self._guard():
            return list(self._rows.get(where=where, include=[])["ids"])

    def nearest(self, vector: NDArray[np.float32], where: Where | None, k: int) -> list[tuple[str, float]]:
        """At most k ids that the filter lets through with their cosine similarity (1: the same), nearest first."""
        asked: Any = [vector]
        with self._guard():
            found = self._rows.query(query_embeddings=asked, n_results=max(k, 1), where=where, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(name, 1.0 - float(far)) for name, far in zip(found["ids"][0], distances, strict=True)]


def _entry(name: str, text: str, metadata: dict[str, Any]) -> Entry:
    metadata.pop("row")
    kind: EntryKind = metadata["kind"]
    locale: Locale = metadata["locale"]
    return Entry(name, kind, metadata["owner"], locale, metadata["title"], text, metadata)
