"""A delivery as a spreadsheet: CSV in any encoding or XLSX, headings in three languages, wrong cells by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.domain.pack import Pack
from assistant.domain.result import Result
from assistant.errors import FileError, Problem
from assistant.packs.sheets.cells import NOTHING, Reader
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.grid import Cell, Unfit
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.headings import Headings, Section
from assistant.packs.sheets.table import Table, find_table
from assistant.packs.sheets.xlsx import read_xlsx

SECTION: Section = "results"


def read_results(path: Path, pack: Pack, headings: Headings) -> tuple[list[Result], list[Problem]]:
    """Rows and what is wrong with others. Raises FileError for what is no spreadsheet or has no such table."""
    sheets = (
        read_xlsx(path)[0] if kind_of(path) == "xlsx" else [read_csv(path, lambda row: headings.known(SECTION, row))]
    )
    problems: list[Problem] = []
    found: list[Result] = []
    tables = 0
    for sheet in sheets:
        table = find_table(sheet, headings, (SECTION,), "item")
        problems += sheet.problems
        if table is not None:
            tables += 1
            found += _rows(table, Reader(pack, headings), problems)
    if not tables and not problems:
        label = headings.label(SECTION, "item", "zh-Hans"), headings.label(SECTION, "item", "en")
        raise FileError(f"{path.name} has no table of results.", f"Give it headings such as {label[0]} or {label[1]}.")
    return found, [*problems, *_doubles(found, path.name)]


def _rows(table: Table, reader: Reader, problems: list[Problem]) -> Iterator[Result]:
    for cells in table.rows:
        values, wrong = _values(table, reader, cells)
        problems += wrong
        if not values or wrong:
            continue
        try:
            yield Result.model_validate(values)
        except ValidationError as error:
            problems.append(_told(table, cells, error))


def _values(table: Table, reader: Reader, cells: list[Cell]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    wrong: list[Problem] = []
    for cell in cells:
        match = table.columns.get(cell.column)
        if match is None:
            continue
        try:
            value = reader.value(match, cell)
        except Unfit as unfit:
            wrong.append(table.sheet.problem(cell.row, cell.column, unfit.what, unfit.mend))
            continue
        if value is not NOTHING:
            values["row" if match.key == "id" else match.key] = value
    return values, wrong


def _told(table: Table, cells: list[Cell], error: ValidationError) -> Problem:
    first: Any = error.errors(include_url=False)[0]
    key = str(first["loc"][0]) if first["loc"] else "item"
    column = next((at for at, match in table.columns.items() if match.key == key), cells[0].column)
    what, _, mend = first["msg"].removeprefix("Value error, ").partition("; ")
    if first["type"] == "missing":
        what, mend = f"the row has no {key}", "fill it"
    return table.sheet.problem(cells[0].row, column, what, mend or "correct it")


def _doubles(rows: list[Result], file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            yield Problem(file, 0, f"the row “{row.key}” stands twice", "give each row an id of its own")
        seen.add(row.key)
