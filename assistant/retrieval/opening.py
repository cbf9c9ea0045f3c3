"""The way in: an index that serves, rebuilt from the pack where it is missing, damaged or of another make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.domain.pack import Pack
from assistant.errors import IndexDamaged, ModelError
from assistant.retrieval.build import build
from assistant.retrieval.collection import Collection
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.lexical import Lexical
from assistant.retrieval.manifest import CHROMA, LEXICAL, Make, make_of, read_manifest
from assistant.retrieval.private import PrivateCopy
from assistant.retrieval.search import Search
from assistant.retrieval.shelf import Shelf
from assistant.retrieval.stock import Stock

Notify = Callable[[str], None]
TRIES = 3
_SILENT = "The embedding model does not answer"


def open_search(pack: Pack | Stock, home: Path, *, embedder: Embedder | None, notify: Notify) -> Search:
    """A search over the pack, from `<home>/index/<pack id>/`.

    Where no usable index lies there, one message goes to `notify` and the index is rebuilt. An embedder that does
    not answer is left out, with a message. Raises FileError where the folder cannot be written, and
    IndexDamaged where even new indexes fail their check.
    """
    shelf = Shelf(home, pack.id)
    said = False
    for _ in range(TRIES):
        make, embedder = _make(pack, embedder, notify)
        folder = shelf.find(make.digest)
        try:
            if folder is None:
                why = "is of another version" if shelf.published() else "is missing"
                raise IndexDamaged(f"The search index {why}.")
            return _serve(folder, make, embedder, notify)
        except IndexDamaged as damage:
            # Whoever published another index while this one was copied has removed it: read the pointer again.
            if folder is not None and shelf.find(make.digest) != folder:
                continue
            if not said:
                notify(f"{damage.what} It is rebuilt from the pack.")
                said = True
        embedder = _rebuilt(pack, shelf, embedder, folder, notify)
    raise IndexDamaged(f"No index in {shelf.folder} can be used.", "Delete that folder, check the disk, and try again.")


def rebuild(pack: Pack | Stock, home: Path, *, embedder: Embedder | None) -> Path:
    """Build the index anew, whatever lies there; returns the published folder. Raises as `build` does."""
    shelf = Shelf(home, pack.id)
    return build(pack, shelf, embedder, bad=shelf.find(make_of(pack, embedder).digest))


def _make(pack: Pack | Stock, embedder: Embedder | None, notify: Notify) -> tuple[Make, Embedder | None]:
    """What the index must be made of; an embedder that does not tell its dimension is left out, with a message."""
    try:
        return make_of(pack, embedder), embedder
    except ModelError as error:
        notify(f"{_SILENT} ({error.what}); the search goes on by words alone.")
        return make_of(pack, None), None


def _rebuilt(
    pack: Pack | Stock, shelf: Shelf, embedder: Embedder | None, bad: Path | None, notify: Notify
) -> Embedder | None:
    """The embedder that the new index was made with: None where the one given does not answer."""
    try:
        build(pack, shelf, embedder, bad)
    except ModelError as error:
        notify(f"{_SILENT} ({error.what}); the search goes on by words alone.")
        return None
    except IndexDamaged as error:
        notify(error.what)
    return embedder


def _serve(folder: Path, make: Make, embedder: Embedder | None, notify: Notify) -> Search:
    manifest = read_manifest(folder)
    if manifest.make != make:
        raise IndexDamaged("The search index is of another version.")
    copy = PrivateCopy(folder, manifest)
    try:
        collection = Collection(copy.index / CHROMA)
        lexical = Lexical.load(copy.index / LEXICAL, manifest.size)
        return Search(copy, collection, lexical, manifest, embedder, notify)
    except IndexDamaged:
        copy.close()
        raise
