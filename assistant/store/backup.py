"""A SQLite database copied while others work with it, and put back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import FileError

_PIECE = 1 << 20


def copied(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes meanwhile. FileError where either cannot be used."""
    if not source.is_file():
        raise FileError(f"There is no database at {source}.", "Name the desk's folder in COPYDESK_HOME.")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            # A copy is one file: what it is to be read with must not stand beside it.
            new.execute("PRAGMA journal_mode=DELETE")
            told = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        target.unlink()
        raise FileError(f"{source} cannot be copied to {target} ({error}).", "Check both, and the disk.") from error
    if told != "ok":
        target.unlink()
        raise FileError(f"{source} is damaged: {told}.", "Restore an older backup.")


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
