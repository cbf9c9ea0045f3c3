"""copydesk restore: a backup as a desk again, where there is none."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands.backups import BOOK, beside, book_of, listed, put
from assistant.commands.common import desk_of, say
from assistant.errors import FileError


def options(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("folder", type=Path, help="a folder that copydesk backup made")


def run(given: argparse.Namespace) -> int:
    """Put back what is not there; then verify the audit. Exit 1 where decisions are missing since the backup."""
    desk = desk_of(given)
    book = book_of(desk)
    # A log that an older database left would be played into this one.
    for one in [book, *(book.with_name(f"{book.name}{tail}") for tail in ("-wal", "-shm", "-journal"))]:
        if one.exists():
            raise FileError(f"There is a database at {one} already.", "Stop the desk and move it away first.")
    targets = {BOOK: book, **beside(desk)}
    kept = []
    try:
        for name, path in listed(given.folder):
            # Seals outlive the book: those that are there know of decisions that came after the backup.
            if targets[name].exists():
                kept.append(targets[name])
            else:
                put(path, targets[name])
    except OSError as error:
        raise FileError(f"{error.filename} cannot be written ({error.strerror}).", "Check its folder.") from error
    if kept:
        say(f"Left as they were: {', '.join(map(str, kept))}.")
    found = desk.sealer.verify()
    if found.fault:
        say(f"The book is back. The audit tells what is missing since the backup: {found.fault}.")
        return 1
    say(f"The book is back: {found.rows} row(s) of the audit verified, {found.unsealed} not yet sealed.")
    return 0
