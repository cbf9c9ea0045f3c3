"""Telling what is wrong with a table's rows: each bad value once, by file, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from assistant.playbook.origins import Origin
from assistant.playbook.problems import MORE, MOST_TOLD, BadRow


def bad_values(
    database: duckdb.DuckDBPyConnection, origin: Origin, bad: Mapping[str, str], scope: str, broken: Sequence[int]
) -> Iterator[BadRow]:
    """Each value that cannot be used. `bad`: the condition by column; `scope`: which rows are ours; `broken`: lines of
    a CSV that are no rows."""
    counts = ", ".join(f"count(*) filter ({condition})" for condition in bad.values())
    found = database.execute(f"select {counts} from {origin.relation} where {scope}").fetchall()[0]
    malformed(database, origin)
    for (name, condition), count in zip(bad.items(), found, strict=True):
        if count:
            yield from _each(database, origin, name, f"{condition} and {scope}", broken)
        if count > MOST_TOLD:
            yield BadRow(origin.name, None, name, MORE, count - MOST_TOLD)


def _each(
    database: duckdb.DuckDBPyConnection, origin: Origin, name: str, wrong: str, broken: Sequence[int]
) -> Iterator[BadRow]:
    file, row, first = f"'{origin.name}'", "row_number() over ()", origin.first_row
    if not first:
        row, first = "row", 1
    if origin.files:
        file, row = f"'{origin.name.split('*')[0]}' || parse_filename(filename)", "file_row_number + 1"
    query = (
        f'select file, row, value from (select {file} as file, {row} as row, "{name}"::varchar as value,'
        f" {wrong} as wrong from {origin.files or origin.relation}) where wrong limit {MOST_TOLD}"
    )
    for file, row, value in database.execute(query).fetchall():
        shown = "is empty" if value is None or not value.strip() else f"“{value[:60]}” cannot be used"
        yield BadRow(file, _line(row + first - 1, broken), name, f"{shown}; the row is left out")
    malformed(database, origin)


def _line(row: int, broken: Sequence[int]) -> int:
    """The line of a row, where lines that could not be taken apart are not counted as rows."""
    for line in broken:
        if line > row:
            break
        row += 1
    return row


def malformed(database: duckdb.DuckDBPyConnection, origin: Origin) -> list[tuple[int, str, str]]:
    """Lines of a CSV that have another number of cells than the heading: line, column, what."""
    if origin.first_row != 2:
        return []
    query = "select distinct on (line) line, column_name, error_type from reject_errors order by line"
    try:
        found = database.execute(query).fetchall()
        database.execute("drop table reject_errors")
        database.execute("drop table reject_scans")
    except duckdb.CatalogException:
        return []
    return [(int(line), column or "row", str(kind).lower()) for line, column, kind in found]


def short_lines(origin: Origin, broken: Sequence[tuple[int, str, str]]) -> Iterator[BadRow]:
    """Those lines as problems."""
    for line, column, kind in broken[:MOST_TOLD]:
        yield BadRow(origin.name, line, column, f"{kind}; the row is left out")
    if len(broken) > MOST_TOLD:
        yield BadRow(origin.name, None, "row", MORE, len(broken) - MOST_TOLD)
