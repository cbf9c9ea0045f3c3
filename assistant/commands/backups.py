"""What a backup is: one folder with the database, the seals and their key, and a list of what each file was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import FileError, InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

BOOK, LIST = "copydesk.db", "backup.json"


def book_of(desk: Desk) -> Path:
    """The file that the desk's book is in. InputError where it is no file."""
    url = desk.settings.database_url
    if url is None:
        return desk.settings.home / BOOK
    if not url.startswith("sqlite:///"):
        raise InputError(
            "The book is in PostgreSQL, whose own tools back it up.", "docs/operations.md has the commands."
        )
    return Path(url.removeprefix("sqlite:///"))


def beside(desk: Desk) -> dict[str, Path]:
    """The files that belong to the book and lie outside it: by their name in a backup."""
    key, seals = desk.seal_files
    return {"seals/audit.jsonl": seals, "keys/audit.pem": key, "keys/audit.pub": key.with_suffix(".pub")}


def put(source: Path, target: Path) -> None:
    """Copy a file whole or not at all, readable to its owner alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    place = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(place, "wb") as into, source.open("rb") as out:
        shutil.copyfileobj(out, into)
        into.flush()
        os.fsync(into.fileno())
    part.replace(target)


def listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a backup, each with its name, once all are as they were. FileError names what is not."""
    from assistant.store.backup import digest

    try:
        names = json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise FileError(f"{folder} is no backup: {LIST} cannot be read.", "Name a folder that backup made.") from error
    for name, told in names.items():
        path = folder / name
        if not path.is_file() or digest(path) != told:
            raise FileError(f"{path} is not what was backed up.", "Restore another backup.")
    return ((name, folder / name) for name in names)
