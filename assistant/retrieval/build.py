"""Pack → a new folder with an index, checked before anybody reads it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.pack import Pack
from assistant.errors import CopydeskError
from assistant.retrieval import collection
from assistant.retrieval.embedding import Embedder, vectors_of
from assistant.retrieval.entries import entries_of
from assistant.retrieval.entry import Entry
from assistant.retrieval.lexical import Lexical
from assistant.retrieval.manifest import CHROMA, LEXICAL, SAMPLE, Manifest, digests, make_of
from assistant.retrieval.selftest import Recall, self_test
from assistant.retrieval.shelf import Shelf, unwritable
from assistant.retrieval.stock import Stock
from assistant.retrieval.verify import Verifier

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLES = 24


def build(pack: Pack | Stock, shelf: Shelf, embedder: Embedder | None, bad: Path | None = None) -> Path:
    """Build, check and publish an index; returns its folder.

    `bad` is a folder in service that must not be used again; where another process has replaced it in the
    meantime, or was first to build, its folder is returned. Raises FileError where the folder cannot be
    written, ModelError where the embedder does not answer, IndexDamaged where the new index fails its check.
    """
    make = make_of(pack, embedder)
    if embedder:
        # A model that is down is found out before anything is written.
        vectors_of([pack.id], embedder)
    with shelf.building():
        there = shelf.find(make.digest)
        if there is not None and there != bad and there.is_dir():
            return there
        try:
            shelf.tidy()
            folder = shelf.new_folder(make.digest)
            verifier = Verifier(folder)
            try:
                _fill(pack, folder, embedder, verifier)
                shelf.publish(folder, bad)
            except (CopydeskError, OSError):
                shutil.rmtree(folder, ignore_errors=True)
                raise
            finally:
                verifier.stop()
        except OSError as error:
            raise unwritable(shelf.folder, error) from error
    return folder


def _fill(pack: Pack | Stock, folder: Path, embedder: Embedder | None, verifier: Verifier) -> None:
    entries = pack.entries() if isinstance(pack, Stock) else entries_of(pack)
    texts = [entry.whole for entry in entries]
    vectors = vectors_of(texts, embedder)
    # Told apart by name first: the title counts once more.
    lexical = Lexical.build([f"{entry.title}\n{entry.whole}" for entry in entries])
    recall = self_test(entries, vectors, lexical, embedder) if embedder else None
    collection.fill(folder / CHROMA, entries, vectors)
    lexical.save(folder / LEXICAL)
    _write_sample(folder, entries, vectors)
    verifier.check()
    _manifest(pack, folder, embedder, len(entries), recall).write(folder)


def _write_sample(folder: Path, entries: list[Entry], vectors: NDArray[np.float32]) -> None:
    step = max(1, len(entries) // SAMPLES)
    sampled = {entries[row].id: vectors[row].tolist() for row in range(0, len(entries), step)}
    (folder / SAMPLE).write_text(json.dumps({"size": len(entries), "vectors": sampled}), encoding="utf-8")


def _manifest(
    pack: Pack | Stock, folder: Path, embedder: Embedder | None, size: int, recall: Recall | None
) -> Manifest:
    return Manifest(
        make=make_of(pack, embedder),
        size=size,
        votes=recall is not None and recall.passed,
        dense_recall=recall.dense if recall else None,
        lexical_recall=recall.lexical if recall else None,
        files=digests(folder),
    )
