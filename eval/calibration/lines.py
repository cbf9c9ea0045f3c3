"""Files of JSON lines, each line with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import FileError, InputError


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its place. Raises FileError, InputError."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise FileError(f"{path} cannot be read ({error.strerror}).", "Name a file of JSON lines.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}: this is not JSON ({error}).", "Write an object a line.") from None
        if not isinstance(row, dict):
            raise InputError(f"{path}:{number}: this is no JSON object.", "Write an object a line.")
        yield f"{path}:{number}", row
