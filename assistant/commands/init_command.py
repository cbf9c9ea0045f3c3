"""copydesk init: the content, copied out for an institution to own."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from assistant.commands.common import desk_of, say
from assistant.errors import FileError
from assistant.packs.locate import PARTS


def options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", help="a new or empty folder")


def run(given: argparse.Namespace) -> int:
    """Copy knowledge and prompts; nothing half-written: the copy is made beside and then moved."""
    target, source = Path(given.folder), desk_of(given).content
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileError(f"{target} is not empty.", "Name a new or empty folder.")
    beside = target.with_name(f".{target.name}.half")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for part in PARTS:
            if (source / part).is_dir():
                shutil.copytree(source / part, beside / part)
        if target.exists():
            target.rmdir()
        beside.rename(target)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise FileError(
            f"{target} cannot be written ({error.strerror}).", "Name a folder that you may write."
        ) from error
    say(f"The content is in {target}. Use it with --content {target} or COPYDESK_CONTENT={target}.")
    return 0
