"""The folder of a pack's indexes: one pointer that is switched atomically, one builder at a time."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from assistant import errors
from assistant.errors import CopydeskError, FileError

POINTER = "current.json"
LOCK = "builder.lock"
PATIENCE = 300.0
"""Seconds to wait for another builder."""


class Shelf:
    """`<home>/index/<pack id>/`. A folder that the pointer does not name is half-built or old."""

    def __init__(self, home: Path, pack: str) -> None:
        self.folder = (home / "index" / pack).absolute()

    def published(self) -> list[str]:
        """Names of the folders in service: the current one, and the one before it for who runs an earlier pack."""
        try:
            names = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))["folders"]
        except (OSError, ValueError, KeyError, TypeError):
            return []
        listed = names if isinstance(names, list) else []
        return [name for name in listed if isinstance(name, str) and Path(name).name == name]

    def find(self, digest: str) -> Path | None:
        """The folder in service that holds an index of this make."""
        return next((self.folder / name for name in self.published() if name.startswith(f"{digest}-")), None)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the lock. FileError where the folder cannot be written or another builder never ends."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK)
            lock.acquire(timeout=PATIENCE)
        except Timeout as error:
            raise FileError(
                f"Another process has been building the index in {self.folder} for {PATIENCE:.0f} seconds.",
                "End that process and try again.",
            ) from error
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            yield
        finally:
            lock.release()

    def new_folder(self, digest: str) -> Path:
        """An empty folder for an index of this make. Call while building."""
        return Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=self.folder))

    def publish(self, folder: Path, bad: Path | None) -> None:
        """Switch the pointer to a folder and remove what is not in service; `bad` is not kept. Call while building."""
        kept = [name for name in self.published() if not bad or name != bad.name]
        names = [folder.name, *[name for name in kept if name != folder.name][:1]]
        handle, draft = tempfile.mkstemp(prefix="pointer-", dir=self.folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"folders": names}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self.folder / POINTER)
        self.tidy()

    def tidy(self) -> None:
        """Remove folders and drafts that no pointer names. Call while building."""
        kept = {*self.published(), POINTER, LOCK}
        for path in self.folder.iterdir():
            if path.name in kept:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def unwritable(folder: Path, error: OSError) -> CopydeskError:
    """The error of a folder that cannot be written, with its mend."""
    return errors.unwritable(f"the search index in {folder}", error, "COPYDESK_HOME names the folder")
