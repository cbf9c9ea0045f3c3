"""CSV → one sheet of cells, whatever program and country saved it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from assistant.errors import FileError
from assistant.packs.sheets.grid import MAX_COLUMNS, MAX_ROWS, Cell, Sheet

# cp950 and big5hkscs are what Excel writes for “Big5” in Taipei and in Hong Kong.
_LEGACY = ("gb18030", "cp950", "big5hkscs")
_DELIMITERS = ",\t;|"


def read_csv(path: Path, known: Callable[[list[str]], int]) -> Sheet:
    """The file's rows. `known` counts the headings of a row that it knows: what decides between GBK and Big5."""
    raw = path.read_bytes()
    best: list[list[str]] | None = None
    for text in _decoded(path.name, raw):
        rows = _rows(path.name, text)
        if best is None or _score(rows, known) > _score(best, known):
            best = rows
    sheet = Sheet(path.name, "")
    for number, fields in enumerate(best or [], 1):
        cells = [Cell(number, column, value.strip()) for column, value in enumerate(fields, 1) if value.strip()]
        if cells:
            sheet.rows.append(cells)
    if not sheet.rows:
        raise FileError(f"{path.name} is empty.", "Export it again.")
    return sheet


def _score(rows: list[list[str]], known: Callable[[list[str]], int]) -> int:
    return max((known(row) for row in rows[:10]), default=0)


def _decoded(name: str, raw: bytes) -> list[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig",)
    texts = _try(raw, encodings) or ([] if encodings == ("utf-16",) else _try(raw, _LEGACY))
    if not texts:
        raise FileError(f"{name} is in no encoding that we know.", "Save it as “CSV UTF-8”.")
    if any("\0" in text for text in texts):
        raise FileError(f"{name} holds NUL bytes and is no text.", "Save it as “CSV UTF-8”.")
    return texts


def _try(raw: bytes, encodings: tuple[str, ...]) -> list[str]:
    out = []
    for encoding in encodings:
        try:
            out.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return out


def _rows(name: str, text: str) -> list[list[str]]:
    head = text[:20_000].split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:
        delimiter = head.strip()[4]
        text = "\n" + text.partition("\n")[2]  # keeps the row numbers that Excel shows, less the directive
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
                what = f"{name}: row {len(rows) + 1} has more than {MAX_COLUMNS} columns."
                raise FileError(what, "Clear what is not needed.")
            rows.append(row)
            if len(rows) > MAX_ROWS + 10:
                raise FileError(f"{name} has more than {MAX_ROWS} rows.", "Split the file.")
    except csv.Error as error:
        what = f"{name}:{reader.line_num}: this is no CSV ({error})."
        raise FileError(what, "Mend the quotes of that line.") from error
    return rows
