"""What a spreadsheet is to the import: sheets of rows of cells, each of which knows where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from assistant.errors import Problem

MAX_ROWS = 100_000
MAX_COLUMNS = 256


@dataclass(frozen=True)
class CellProblem(Problem):
    """A problem of a spreadsheet; `cell` such as `Sheet1!C4`, `line` is the row."""

    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.cell}: {self.what}, {self.mend}"


class Unfit(Exception):
    """A cell does not say what its column asks for; the caller knows which cell it is."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}, {mend}")
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell. `format` is Excel's number format; `fault` says why the value cannot be trusted."""

    row: int
    column: int
    value: object
    format: str = "General"
    fault: tuple[str, str] | None = None


@dataclass
class Sheet:
    """One sheet, or a CSV file, with its filled rows; `name` is empty for CSV."""

    file: str
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def where(self, row: int, column: int) -> str:
        """The name of a cell as Excel shows it."""
        own = f"{letters(column)}{row}"
        return f"{self.name}!{own}" if self.name else own

    def problem(self, row: int, column: int, what: str, mend: str) -> CellProblem:
        """Something wrong with one cell."""
        return CellProblem(self.file, row, what, mend, self.where(row, column))


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
