"""What stands beside an index: what it was made of, and the digest of each of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from assistant.domain.pack import Pack
from assistant.errors import IndexDamaged
from assistant.retrieval.embedding import Embedder, named
from assistant.retrieval.entries import ENTRIES
from assistant.retrieval.stock import Stock
from assistant.retrieval.tokens import NORMALISER

MANIFEST = "manifest.json"
CHROMA, LEXICAL, SAMPLE = "chroma", "lexical", "sample.json"


@dataclass(frozen=True, slots=True)
class Make:
    """What an index is made of; another make is another index."""

    pack: str
    version: str
    embedding: str
    dimension: int
    normaliser: str = NORMALISER
    entries: str = ENTRIES
    chroma: str = field(default_factory=lambda: version("chromadb"))

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`votes`: whether the dense vectors passed the self-test and take part in the ranking."""

    make: Make
    size: int
    votes: bool
    dense_recall: float | None
    lexical_recall: float | None
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write it into the folder that it describes."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def make_of(pack: Pack | Stock, embedder: Embedder | None) -> Make:
    """The index that this pack or stock and embedder ask for."""
    name, dimension = named(embedder)
    return Make(pack.id, pack.version, name, dimension)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; IndexDamaged where there is none that can be read."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**{**raw, "make": Make(**raw["make"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexDamaged("The index's manifest cannot be read.") from error


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, the manifest left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
