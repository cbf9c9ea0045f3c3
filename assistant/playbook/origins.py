"""Where the institution's tables lie: a folder of CSV or Parquet, or a DuckDB file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from assistant.errors import FileError, InputError
from assistant.playbook.tables import SHAPES


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from: the relation's SQL, its name, the number of its first row (a CSV's is 2, its heading 1;
    0: they are numbered in a column `row`); `files`: the relation with each row's file and place, where of several."""

    relation: str
    name: str
    first_row: int
    files: str = ""


def origins(database: duckdb.DuckDBPyConnection, place: Path) -> dict[str, Origin]:
    """Each table's origin. FileError where there is no such place, InputError where a table is missing."""
    if not place.exists():
        raise FileError(f"There is no {place}.", "Name a folder with customers, holdings and events, or a DuckDB file.")
    if place.is_file():
        return _attached(database, place)
    return {table: _file(place, table) for table in SHAPES}


def _attached(database: duckdb.DuckDBPyConnection, place: Path) -> dict[str, Origin]:
    try:
        database.execute(f"attach '{quoted(place)}' as given (read_only)")
        known = {row[0] for row in database.execute("select table_name from duckdb_tables()").fetchall()}
        known |= {row[0] for row in database.execute("select view_name from duckdb_views()").fetchall()}
    except duckdb.Error as error:
        raise FileError(f"{place} is no DuckDB database ({first(error)}).", "Name a folder or a DuckDB file.") from None
    if missing := [table for table in SHAPES if table not in known]:
        raise InputError(f"{place} has no table {', '.join(missing)}.", "It needs customers, holdings and events.")
    return {table: Origin(f"given.{table}", f"{place.name}:{table}", 1) for table in SHAPES}


def _file(folder: Path, table: str) -> Origin:
    for pattern, reader, row in (
        (f"{table}.parquet", "read_parquet('{}')", 1),
        (f"{table}/*.parquet", "read_parquet('{}')", 1),
        (f"{table}.csv", CSV, 2),
        (f"{table}.csv.gz", CSV, 2),
    ):
        if any(folder.glob(pattern)):
            files = f"read_parquet('{quoted(folder / pattern)}', filename = true, file_row_number = true)"
            return Origin(reader.format(quoted(folder / pattern)), pattern, row, files if "*" in pattern else "")
    raise InputError(f"{folder} has no {table}.csv or {table}.parquet.", f"Put {table} there; a heading alone will do.")


CSV = (
    "read_csv('{}', all_varchar = true, header = true, strict_mode = false, ignore_errors = true, store_rejects = true,"
    " null_padding = false, encoding = 'utf-8', delim = ',', quote = '\"', escape = '\"')"
)


def quoted(given: Path | str) -> str:
    """A text as it may stand between SQL's quotes."""
    return str(given).replace("'", "''")


def first(error: Exception) -> str:
    """The first line of what a library says."""
    return str(error).splitlines()[0]
