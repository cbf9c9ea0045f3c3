"""XLSX → sheets of cells, with cached values of formulas, number formats and real dates."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from assistant.errors import FileError
from assistant.packs.sheets.grid import MAX_COLUMNS, MAX_ROWS, Cell, Sheet

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+)(:[A-Z0-9]+)?"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)
# What openpyxl lets out of a damaged workbook; it has no error of its own for all of them.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    ParseError,
    OSError,
    EOFError,
)


def read_xlsx(path: Path) -> tuple[list[Sheet], list[str]]:
    """The visible sheets, and the names of the hidden ones. Raises FileError; call `guard.kind_of` first."""
    try:
        return _read(path)
    except _BROKEN as error:
        what = f"{path.name} is damaged ({type(error).__name__}: {error})."
        raise FileError(what, "Open it in Excel and save it again.") from error


def _read(path: Path) -> tuple[list[Sheet], list[str]]:
    from openpyxl import load_workbook

    _no_entities(path)
    # Two views side by side: one has the values that Excel computed, the other says which cells are formulas.
    # openpyxl leaves a damaged file open when it is given a path, so the streams are ours.
    with path.open("rb") as one, path.open("rb") as two:
        values = load_workbook(one, read_only=True, data_only=True)
        formulas = load_workbook(two, read_only=True, data_only=False)
        sheets, hidden = [], []
        for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
            if shown.sheet_state != "visible":
                hidden.append(shown.title)
                continue
            sheet = Sheet(path.name, shown.title)
            xml = _xml(path, shown)
            sheet.rows = list(_rows(sheet, shown, written if _FORMULA.search(xml) else None))
            _merged(xml, sheet)
            sheets.append(sheet)
        return sheets, hidden


def _no_entities(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if _DECLARED.search(part.read(4096)):
                        raise FileError(f"{path.name} declares XML entities ({name}).", "Save it again in Excel.")


def _rows(sheet: Sheet, shown: Any, written: Any | None) -> Iterator[list[Cell]]:
    for view in filter(None, (shown, written)):
        view.reset_dimensions()  # the size that a file states is often wrong
    count = 0
    pairs = zip(shown.iter_rows(), written.iter_rows(), strict=True) if written else ((r, r) for r in shown.iter_rows())
    for values, formulas in pairs:
        cells = [_cell(one, raw) for one, raw in zip(values, formulas, strict=True) if _filled(one, raw)]
        if not cells:
            continue
        if cells[-1].column > MAX_COLUMNS:
            where = sheet.where(cells[-1].row, cells[-1].column)
            raise FileError(f"{sheet.file}: {where} lies beyond column {MAX_COLUMNS}.", "Clear what is not needed.")
        count += 1
        if count > MAX_ROWS + 1:
            raise FileError(f"{sheet.file}: {sheet.name} has more than {MAX_ROWS} rows.", "Split the file.")
        yield cells


def _filled(one: Any, raw: Any) -> bool:
    value = one.value if one.value is not None else raw.value
    return value is not None and not (isinstance(value, str) and not value.strip())


def _cell(one: Any, raw: Any) -> Cell:
    value, fault = one.value, None
    if raw.data_type == "f" and value is None:
        fault = ("the formula has no stored value", "open the file in Excel and save it, or write the value")
    elif one.data_type == "e":
        fault = (f"the cell shows the error {value}", "mend the formula or write the value")
    elif isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return Cell(raw.row, raw.column, value, str(one.number_format or "General"), fault)


def _xml(path: Path, shown: Any) -> bytes:
    # A read-only sheet does not tell of merged cells, so they are looked up in its XML.
    with zipfile.ZipFile(path) as archive:
        return archive.read(shown._worksheet_path.lstrip("/"))


def _merged(xml: bytes, sheet: Sheet) -> None:
    for column, row, rest in _MERGED.findall(xml):
        number = 0
        for letter in column.decode():
            number = number * 26 + ord(letter) - ord("A") + 1
        what = f"the cells {(column + row + rest).decode()} are merged, so a value cannot be told from a gap"
        sheet.problems.append(sheet.problem(int(row), number, what, "unmerge them and fill each cell"))
