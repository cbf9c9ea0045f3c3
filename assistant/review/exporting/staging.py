"""Where an export is written before it is one: a folder beside its place, known by the export's id and locked while
somebody writes. What a killed process left there is found by the next."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import Refused, unwritable

_MARK, _LOCK = ".copydesk-", ".lock"


def beside(path: Path, table: str) -> Path:
    """The file of another table than the first: `may.csv` → `may.refused.csv`."""
    return path.with_name(f"{path.stem}.{table}{path.suffix}")


@contextmanager
def drafted(path: Path, own: str) -> Iterator[Path]:
    """The path in the folder of the export `own`, which is removed at the end; `publish` moves what was written.

    Raises Refused where another process writes this export, DiskFull, or FileError for a folder that cannot be written.
    """
    folder = path.parent / f"{_MARK}{own}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Who looks for what was left behind holds it too, for a moment.
        with _held(folder, wait_s=1.0) as mine:
            if not mine:
                raise Refused("busy", f"The export {own} is being written.", "Wait for it.")
            try:
                folder.mkdir(exist_ok=True)
                yield folder / path.name
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise unwritable(path, error, "nothing was written") from error


def publish(draft: Path, path: Path) -> None:
    """Put the files of a draft in their place, the one with the texts last: where it stands, the others stand too.

    What an earlier export of the same name left there goes first, so that never files of two stand together.
    """
    whole = [one for one in sorted(draft.parent.iterdir()) if one != draft] + [draft]
    for one in whole:
        with one.open("rb") as file:
            os.fsync(file.fileno())
    for stale in (path, *_sides(path)):
        stale.unlink(missing_ok=True)
    for one in whole:
        one.replace(path.parent / one.name)


def withdraw(path: Path) -> None:
    """Take away what a publishing that was broken off had put beside a file that never came to its place."""
    if not path.exists():
        for side in _sides(path):
            side.unlink(missing_ok=True)


def _sides(path: Path) -> tuple[Path, ...]:
    """The files that may stand beside the one with the texts."""
    return beside(path, "refused"), beside(path, "held"), path.with_name(f"{path.name}.meta.json")


def abandoned(folder: Path) -> Iterator[tuple[str, Path]]:
    """Exports that a killed process was writing to a folder, each with what it left; that is removed afterwards."""
    names = {one.name.removesuffix(_LOCK) for one in folder.glob(f"{_MARK}*")} if folder.is_dir() else ()
    for left in (folder / name for name in sorted(names)):
        with _held(left) as mine:
            if mine and left.is_dir():
                yield left.name.removeprefix(_MARK), left
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(folder: Path, wait_s: float = 0.0) -> Iterator[bool]:
    """Hold the lock of a folder; whether nobody else does. The system frees it when its holder is killed."""
    place = Path(f"{folder}{_LOCK}")
    lock = FileLock(place)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        place.unlink(missing_ok=True)
        lock.release()
