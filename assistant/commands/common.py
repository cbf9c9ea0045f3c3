"""What the commands share: a desk from the arguments, JSON lines, messages to standard error."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import FileError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def say(message: str) -> None:
    """A message to the person, beside the output."""
    print(message, file=sys.stderr, flush=True)


def desk_of(given: argparse.Namespace) -> Desk:
    """The desk that the arguments and the settings name."""
    from assistant.bootstrap.desk import Desk
    from assistant.settings import read_settings

    content = Path(given.content) if given.content else None
    return Desk(read_settings().over(content=content), given.pack, say)


def line(value: Any) -> None:
    """One JSON object a line on standard output."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def read_text(name: str) -> str:
    """A file's text, or standard input's for `-`. FileError where it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise FileError(
            f"{name} cannot be read ({error.strerror}).", "Name a text file, or - for standard input."
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
