"""A process's own copy of a published index: whatever Chroma does to it, the published folder stays as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import FileError, IndexDamaged
from assistant.retrieval.manifest import Manifest

PREFIX = "copydesk-index-"
ALIVE = "in-use"
YOUNG = 60.0


class PrivateCopy:
    """A checked copy below the system's temporary folder, removed when it is closed or the process exits."""

    def __init__(self, published: Path, manifest: Manifest) -> None:
        """Raises IndexDamaged where a file is not what the manifest says, FileError where there is no room."""
        sweep()
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            self._lock = FileLock(self.folder / ALIVE)
            self._lock.acquire(timeout=0)
        except OSError as error:
            raise _no_room(error) from error
        self.close = weakref.finalize(self, _remove, self.folder, self._lock, os.getpid())
        self.index = self.folder / "index"
        try:
            for name, digest in manifest.files.items():
                _copy(published / name, self.index / name, digest)
        except (IndexDamaged, FileError):
            self.close()
            raise


def _copy(source: Path, target: Path, digest: str) -> None:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise IndexDamaged(f"The search index lacks {source.name} ({error.strerror}).") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise IndexDamaged(f"The search index is damaged ({source.name} is not as it was written).")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> FileError:
    return FileError(
        f"The search index cannot be copied to {tempfile.gettempdir()} ({error.strerror}).",
        "Free some space there, or name another temporary folder in TMPDIR.",
    )


def _remove(folder: Path, lock: FileLock, owner: int) -> None:
    # A forked child that exits must not take its parent's copy with it.
    if os.getpid() != owner:
        return
    with suppress(OSError):
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove copies whose process was killed: their lock is free."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # A young folder may belong to a process that is about to take its lock.
        with suppress(Timeout, OSError):
            if time.time() - folder.stat().st_mtime < YOUNG or not (folder / ALIVE).is_file():
                continue
            lock = FileLock(folder / ALIVE)
            lock.acquire(timeout=0)
            _remove(folder, lock, os.getpid())
