"""A finished matrix as a table: on the screen, or as XLSX, CSV or JSONL with cells safe from formulas."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.errors import FileError, InputError, unwritable
from assistant.text.cells import safe

COLUMNS = (
    "id", "campaign", "segment", "age", "channel", "locale", "market", "status", "why",
    "angle", "writer", "verdict", "text", "template", "facts", "findings",
)  # fmt: skip
LABEL = "AI-assisted content, written by Copydesk"


def rows(done: Sequence[Written]) -> Iterator[dict[str, str]]:
    """A row a variant; a cell without variants is one row with its reason."""
    for written in done:
        cell = {**written.cell.model_dump(), "status": written.status, "why": written.why}
        for variant in written.variants:
            yield {
                **cell,
                "id": variant.id,
                "angle": variant.angle,
                "writer": variant.writer,
                "verdict": variant.verdict,
                "text": variant.text,
                "template": variant.template,
                "facts": "\n".join(f"{claim.text} ← {claim.fact or claim.status}" for claim in variant.claims),
                "findings": "\n".join(f"{finding.rule}: {finding.message}" for finding in variant.findings),
            }
        if not written.variants:
            yield {**dict.fromkeys(COLUMNS, ""), **cell}


def writable(path: Path) -> None:
    """Raise before any work where the file's kind is unknown or its folder cannot be written."""
    if path.suffix not in _WRITERS:
        raise InputError(f"{path} has no known ending.", f"Use one of {', '.join(_WRITERS)}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"The folder {path.parent} cannot be made ({error.strerror}).", "Name another.") from error
    if not os.access(path.parent, os.W_OK) or path.is_dir():
        raise FileError(f"{path} cannot be written.", "Name another file or make its folder writable.")


def write_file(path: Path, done: Sequence[Written], pack: Pack) -> None:
    """The matrix as a file, complete or not at all: it is written beside and then moved."""
    writable(path)
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        os.close(handle)
        try:
            _WRITERS[path.suffix](Path(beside), done, pack)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def _xlsx(path: Path, done: Sequence[Written], pack: Pack) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "messages"
    sheet.append(COLUMNS)
    for row in rows(done):
        sheet.append([safe(row[name]) for name in COLUMNS])
    wide = {"text": 70, "template": 50, "facts": 60, "findings": 40, "why": 40}
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = wide.get(name, 14)
        sheet.cell(1, number).font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    book.properties.description = f"{LABEL}; pack {pack.id} {pack.version}"
    book.save(path)


def _csv(path: Path, done: Sequence[Written], pack: Pack) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({name: safe(value) for name, value in row.items()} for row in rows(done))


def _jsonl(path: Path, done: Sequence[Written], pack: Pack) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(written.line(), ensure_ascii=False) + "\n" for written in done)


_WRITERS: dict[str, Callable[[Path, Sequence[Written], Pack], None]] = {".xlsx": _xlsx, ".csv": _csv, ".jsonl": _jsonl}


def print_matrix(done: Sequence[Written], pack: Pack, limit: int = 400) -> None:
    """A readable table: a row a variant, one rule a cell; cells that cannot be, with their reason."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=False, expand=True, row_styles=["", "on grey7"])
    for name in ("for", "channel", "angle", "text"):
        table.add_column(name, ratio=8 if name == "text" else None, no_wrap=name != "text", overflow="fold")
    shown = 0
    for written in done:
        cell = written.cell
        where = f"{cell.segment} {cell.age} {cell.locale}"
        for variant in written.variants:
            shown += 1
            if shown <= limit:
                style = {"pass": "", "warn": "yellow", "block": "red"}[variant.verdict]
                table.add_row(where, cell.channel, variant.angle, Text(variant.text, style=style))
        if not written.variants:
            table.add_row(where, cell.channel, written.status, Text(written.why, style="dim"))
    Console().print(table)
    if shown > limit:
        print(f"… and {shown - limit} more: --out FILE.xlsx keeps them all.")
