"""One row of a table → what it says about one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import Problem
from assistant.packs.sheets.cells import NOTHING, Reader
from assistant.packs.sheets.grid import Cell, Unfit
from assistant.packs.sheets.headings import Match
from assistant.packs.sheets.table import Table
from assistant.packs.source import Source


@dataclass
class Row(Source):
    """What a row says: values by path. It is a Source whose lines are cells, so that a model's errors find theirs."""

    table: Table = field(kw_only=True)
    number: int = field(kw_only=True)
    values: dict[tuple[str, ...], Any] = field(default_factory=dict)
    cells: dict[tuple[str, ...], Cell] = field(default_factory=dict)
    blanked: dict[tuple[str, ...], Cell] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    def line(self, path: tuple[Hashable, ...]) -> int:
        """The row; remembers which column the path is filled from."""
        self.asked.append(self.column(path))
        return self.number

    def column(self, path: tuple[Hashable, ...]) -> int:
        """The column that fills a path, or something in it; the column of the id where none does."""
        for own, cell in self.cells.items():
            size = min(len(own), len(path))
            if size and own[:size] == path[:size]:
                return cell.column
        return self.table.id_column

    def fault(self, path: tuple[Hashable, ...], what: str, mend: str) -> None:
        """Something wrong with what fills a path."""
        self.problems.append(self.table.sheet.problem(self.number, self.column(path), what, mend))


def read_id(table: Table, cells: list[Cell], reader: Reader) -> tuple[str | None, list[Problem]]:
    """The id of a row, or why it has none."""
    cell = next((one for one in cells if one.column == table.id_column), None)
    number = cells[0].row
    if cell is None:
        return None, [table.sheet.problem(number, table.id_column, "the row has no id", "write it, or clear the row")]
    try:
        own = reader.value(table.columns[table.id_column], cell)
    except Unfit as unfit:
        return None, [table.sheet.problem(number, cell.column, unfit.what, unfit.mend)]
    if own is NOTHING:
        return None, [table.sheet.problem(number, cell.column, "the row has no id", "write it, or clear the row")]
    return str(own), []


def read_row(table: Table, cells: list[Cell], reader: Reader, old: dict[str, Any]) -> Row:
    """Every filled cell of a row under a known heading. An empty cell says nothing and changes nothing."""
    row = Row(table.sheet.file, table=table, number=cells[0].row)
    filled = [(table.columns[cell.column], cell) for cell in cells if cell.column in table.columns]
    yearly = _yearly(filled, reader, old)
    for match, cell in filled:
        path = match.path
        row.cells[path] = cell
        try:
            value = reader.value(match, cell, yearly and match.key.startswith("period."))
        except Unfit as unfit:
            row.problems.append(table.sheet.problem(row.number, cell.column, unfit.what, unfit.mend))
            continue
        if value is NOTHING:
            row.blanked[path] = cell
        else:
            row.values[path] = value
    _window(row, old)
    return row


def _yearly(filled: list[tuple[Match, Cell]], reader: Reader, old: dict[str, Any]) -> bool:
    """Whether the row's campaign recurs; known before its days are read, whose form depends on it."""
    for match, cell in filled:
        if match.key == "period.recurs":
            try:
                return bool(reader.value(match, cell) == "yearly")
            except Unfit:
                return False  # told when the cell itself is read
    period = old.get("period")
    return isinstance(period, dict) and period.get("recurs") == "yearly"


def _window(row: Row, old: dict[str, Any]) -> None:
    """Two columns of days are one value of a product: `2026-01-01/2026-12-31`."""
    start, until = ("window", "from"), ("window", "until")
    if start not in row.values and until not in row.values:
        return
    before, _, after = str(old.get("window") or "/").partition("/")
    first, last = row.values.pop(start, before), row.values.pop(until, after)
    if not first:
        row.fault(until, "an end of sale needs a beginning", "fill the column of the first day too")
        return
    if last and dt.date.fromisoformat(str(last)) < dt.date.fromisoformat(str(first)):
        row.fault(until, f"the period ends on {last}, before it starts on {first}", "swap the two days")
        return
    row.values[("window",)] = f"{first}/{last}"
