"""What a spreadsheet would compute, and how a file's cells are read as a spreadsheet reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://e.example\",\"x\")", "=IMPORTXML(\"http://e.example\",\"//a\")",
    "=WEBSERVICE(\"http://e.example\")", "=DDE(\"cmd\",\"/c calc\")", "=A1", "==1", "= 1", " =1", "\t=1", "\r=1", "\n=1",
    "\u3000=1", "\u00a0=1", "+1", "+cmd|' /C calc'!A0", "+A1", "++1", "-1+1", "-2+3+cmd|' /C calc'!A0", "-A1", "--1",
    "@SUM(1+9)", "@A1", " @SUM(1)", "\tSUM(1)", "\r\n=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(1)",
    "=\"a\"&\"b\"", "=1;2", "=1\n=2", "=\u0000cmd", "\x00=1", "\x0b=1", "=RTD(\"a\",,\"b\")", "=CALL(\"a\",\"b\")",
]  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might compute a text."""
    return cell.lstrip().startswith(SIGNS) or cell.startswith(("\t", "\r", "\n"))


def cells(path: Path) -> Iterator[str]:
    """Every text in the tables of a CSV or of a workbook; AssertionError for a cell that is a formula."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (cell for row in csv.reader(file) for cell in row)
        return
    from openpyxl import load_workbook

    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if isinstance(cell.value, str):
                    yield cell.value
