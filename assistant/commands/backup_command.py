"""copydesk backup: the database, the seals and their key into a folder, while the desk works."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from assistant.commands.backups import BOOK, LIST, beside, book_of, put
from assistant.commands.common import desk_of, say
from assistant.errors import FileError


def options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, help="a folder that is not there yet; keep it as secret as the key in it")


def run(given: argparse.Namespace) -> int:
    """Copy, check the copy, and write down what each file is."""
    from assistant.store.backup import copied, digest

    desk, folder = desk_of(given), given.folder
    book = book_of(desk)
    try:
        folder.mkdir(parents=True, mode=0o700)
        # The seals come first: they may lag behind the book and never lead it.
        for name, path in beside(desk).items():
            if path.exists():
                put(path, folder / name)
        copied(book, folder / BOOK)
        files = {str(one.relative_to(folder)): digest(one) for one in sorted(folder.rglob("*")) if one.is_file()}
        told = {"made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "files": files}
        (folder / LIST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        mend = "Name a new folder on a disk with room."
        raise FileError(f"The backup {folder} cannot be written ({error.strerror}).", mend) from error
    say(
        f"{len(files)} file(s) are in {folder}. It holds the key that seals the audit: keep it where only you can read."
    )
    return 0
