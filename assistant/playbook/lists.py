"""A list of customers that somebody hands over: CSV in any encoding, XLSX or Parquet, as a table of DuckDB."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from assistant.errors import FileError, InputError
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.grid import Cell, Sheet
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.xlsx import read_xlsx
from assistant.playbook.origins import CSV, Origin, quoted
from assistant.playbook.problems import BadRow, Reading
from assistant.playbook.tables import CUSTOMERS, Shape

_HEAD = 65_536
_KEY = "customer_id"
LISTED = Shape({**CUSTOMERS.columns, "row": "BIGINT"}, CUSTOMERS.needed, (*CUSTOMERS.columns, "row"), CUSTOMERS.sound)
"""The customers of a list: each with the number of its row, and any column but the key may be missing."""


def listed(database: duckdb.DuckDBPyConnection, path: Path, reading: Reading) -> Origin:
    """Where a list's rows can be read. Raises FileError for what is no list, InputError where nobody is named."""
    if path.suffix.lower() == ".parquet":
        if not path.is_file():
            raise FileError(f"There is no {path}.", "Name a list of customers: .csv, .xlsx or .parquet.")
        return Origin(f"read_parquet('{quoted(path)}')", path.name, 1)
    kind = kind_of(path)
    if kind == "csv" and _plain(path):
        return Origin(CSV.format(quoted(path)), path.name, 2)
    sheets = read_xlsx(path)[0] if kind == "xlsx" else [read_csv(path, _known)]
    for sheet in sheets:
        head = next((place for place, row in enumerate(sheet.rows[:10]) if _known([str(c.value) for c in row])), None)
        if head is not None:
            return _sheet(database, sheet, head, reading)
    raise InputError(f"{path.name} has no column {_KEY}.", "Give it the headings of the customers table.")


def people_of(database: duckdb.DuckDBPyConnection, own: Origin | None, path: Path, reading: Reading) -> Origin:
    """A list's customers. Where it says of nobody which segment they are in, the rest of each row is looked up in the
    institution's own table, `own`. Raises as `listed` does."""
    given = listed(database, path, reading)
    if own is None or "segment" in columns_of(database, given):
        return given
    columns = "l.row, l.customer_id, t.* exclude (customer_id)"
    query = f"(select {columns} from {numbered(given).relation} l left join {own.relation} t using (customer_id))"
    return Origin(query, given.name, 0)


def numbered(origin: Origin) -> Origin:
    """The same rows with the number that each has in its file, as the column `row`; a sheet's have theirs already."""
    if origin.first_row == 0:
        return origin
    query = f"(select row_number() over () + {origin.first_row - 1} as row, * from {origin.relation})"
    return replace(origin, relation=query)


def columns_of(database: duckdb.DuckDBPyConnection, origin: Origin) -> set[str]:
    """The names of an origin's columns."""
    try:
        return {str(row[0]) for row in database.execute(f"describe select * from {origin.relation}").fetchall()}
    except duckdb.Error as error:
        what = f"{origin.name} cannot be read ({str(error).splitlines()[0]})."
        raise FileError(what, "Save it again as UTF-8 CSV or Parquet.") from None


def _plain(path: Path) -> bool:
    """Whether DuckDB reads the file as it is: UTF-8, commas, the key in its first line."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        first = head.split(b"\n", 1)[0].removeprefix(b"\xef\xbb\xbf").strip().replace(b'"', b"").split(b",")
        if _KEY.encode() not in first:
            return False
        try:
            while head:
                # A character may be cut at the end of a piece; its rest comes with the next line.
                (head + stream.readline()).decode("utf-8")
                head = stream.read(_HEAD)
        except UnicodeDecodeError:
            return False
    return True


def _known(row: list[str]) -> int:
    names = [word.strip().lower() for word in row]
    return sum(name in CUSTOMERS.columns for name in names) if _KEY in names else 0


def _sheet(database: duckdb.DuckDBPyConnection, sheet: Sheet, head: int, reading: Reading) -> Origin:
    heads = {cell.column: str(cell.value).strip().lower() for cell in sheet.rows[head]}
    kept = {column: name for column, name in heads.items() if name in CUSTOMERS.columns}
    reading.problems += [BadRow(sheet.file, one.line, "row", one.what) for one in sheet.problems]
    names = list(dict.fromkeys(kept.values()))
    columns = ", ".join(f'"{name}" varchar' for name in names)
    database.execute(f"create table list(row bigint, {columns})")
    rows = list(_rows(sheet, head, kept, names, reading))
    if rows:
        database.executemany(f"insert into list values ({', '.join('?' * (len(names) + 1))})", rows)
    return Origin("list", sheet.file, 0)


def _rows(
    sheet: Sheet, head: int, kept: dict[int, str], names: list[str], reading: Reading
) -> Iterator[list[str | int | None]]:
    for cells in sheet.rows[head + 1 :]:
        values = {kept[cell.column]: cell for cell in cells if cell.column in kept}
        faults = [cell for cell in values.values() if cell.fault]
        if faults:
            first = next(iter(faults))
            what = first.fault[0] if first.fault else ""
            reading.problems.append(BadRow(sheet.file, first.row, "row", f"{what}; the row is left out"))
        elif values:
            yield [cells[0].row, *(_said(values[name]) if name in values else None for name in names)]


def _said(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
