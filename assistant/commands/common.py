"""What the commands share: a desk from the arguments, JSON lines, messages to standard error."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import FileError, SettingsError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def say(message: str) -> None:
    """A message to the person, beside the output."""
    print(message, file=sys.stderr, flush=True)


def writer_option(parser: argparse.ArgumentParser) -> None:
    """Who writes: the model where one is set, unless the arguments say otherwise."""
    parser.add_argument("--writer", choices=["phrases", "model"], help="who writes (the model, where one is set)")


def desk_of(given: argparse.Namespace) -> Desk:
    """The desk that the arguments and the settings name. SettingsError where the model is asked for and none is set."""
    from assistant.bootstrap.desk import Desk
    from assistant.settings import read_settings

    content = Path(given.content) if given.content else None
    settings = read_settings().over(content=content)
    writer = getattr(given, "writer", None)
    if writer == "model" and settings.model_url is None:
        raise SettingsError("No model is set.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.")
    return Desk(replace(settings, model_url=None) if writer == "phrases" else settings, given.pack, say)


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
