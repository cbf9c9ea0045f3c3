"""Reading the institution's tables into DuckDB: every value typed, every bad row told with file, row and column."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from assistant.errors import FileError, InputError
from assistant.playbook.tables import SHAPES, Shape

MOST_TOLD = 20
"""Bad values told one by one for a column; the others are counted."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, or a column that is missing. `row` counts from 1, a CSV's heading included."""

    file: str
    row: int | None
    column: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        return f"{place}: {self.column}: {self.what}"


@dataclass
class Reading:
    """What was found while the tables were read."""

    problems: list[BadRow] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from: the relation's SQL, the file's name, whether rows count from 2 (a CSV's heading);
    0: they are numbered in a column `row`."""

    relation: str
    name: str
    first_row: int


def load(
    database: duckdb.DuckDBPyConnection,
    place: Path | str,
    now: str,
    shard: tuple[int, int] = (0, 1),
    only: str | None = None,
) -> Reading:
    """Fill the tables customers, holdings and events from a folder of CSV or Parquet, or a DuckDB file.

    `now` is a SQL timestamp: later events are left out. `shard`: number and count; a customer belongs to one.
    `only`: one customer's rows; `ids` then holds some of the others' ids. `managers` (rm_id, name) may be missing.
    Raises FileError where there is no such place, InputError where a table or a needed column is missing.
    """
    found, reading = origins(database, Path(place)), Reading()
    mine = []
    if shard[1] > 1:
        mine.append(f"hash(customer_id::varchar) % {shard[1]} = {shard[0]}")
    if only is not None:
        mine.append(f"trim(customer_id::varchar) = '{quoted(only)}'")
        relation = found["customers"].relation
        database.execute(f"create table ids as select customer_id::varchar as customer_id from {relation} limit 5000")
    for table, shape in SHAPES.items():
        fill(database, table, shape, found[table], now, mine, reading)
    managers(database, Path(place))
    return reading


def origins(database: duckdb.DuckDBPyConnection, place: Path) -> dict[str, Origin]:
    """Where each of the three tables is read. Raises FileError, InputError."""
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
        raise FileError(
            f"{place} is no DuckDB database ({_first(error)}).", "Name a folder or a DuckDB file."
        ) from None
    if missing := [table for table in SHAPES if table not in known]:
        raise InputError(f"{place} has no table {', '.join(missing)}.", "It needs customers, holdings and events.")
    return {table: Origin(f"given.{table}", f"{place.name}:{table}", 1) for table in SHAPES}


def _file(folder: Path, table: str) -> Origin:
    for pattern, reader, first in (
        (f"{table}.parquet", "read_parquet('{}')", 1),
        (f"{table}/*.parquet", "read_parquet('{}')", 1),
        (f"{table}.csv", CSV, 2),
        (f"{table}.csv.gz", CSV, 2),
    ):
        if any(folder.glob(pattern)):
            return Origin(reader.format(quoted(folder / pattern)), pattern, first)
    raise InputError(f"{folder} has no {table}.csv or {table}.parquet.", f"Put {table} there; a heading alone will do.")


CSV = (
    "read_csv('{}', all_varchar = true, header = true, strict_mode = false, ignore_errors = true, store_rejects = true,"
    " null_padding = false, encoding = 'utf-8', delim = ',', quote = '\"', escape = '\"')"
)


def fill(
    database: duckdb.DuckDBPyConnection,
    table: str,
    shape: Shape,
    origin: Origin,
    now: str,
    mine: Sequence[str],
    reading: Reading,
) -> None:
    """Make a table of an origin's rows, each value typed; what cannot be used is left out and told."""
    try:
        described = database.execute(f"describe select * from {origin.relation}").fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"{origin.name} cannot be read ({_first(error)}).", "Save it as UTF-8 CSV or Parquet."
        ) from None
    given = {str(name): str(kind) for name, kind, *_ in described}
    _columns(table, shape, given, origin, reading)
    typed = {name: _typed(name, kind, given) for name, kind in shape.columns.items()}
    bad = {name: _bad(name, shape, given, typed[name]) for name in shape.columns if name in given}
    bad = {name: condition.replace("today", f"({now})::date") for name, condition in bad.items() if condition}
    keep = [f"not coalesce({condition}, false)" for condition in bad.values()]
    if table == "events":
        keep.append(f"coalesce({typed['at']} <= {now}, true)")
    keep += mine
    chosen = ", ".join(f'{expression} as "{name}"' for name, expression in typed.items())
    where, scope = " and ".join(keep) or "true", " and ".join(keep[len(bad) :]) or "true"
    database.execute(f"create table {table} as select {chosen} from {origin.relation} where {where}")
    reading.read[table] = _count(database, table)
    reading.problems += _malformed(database, origin)
    # What is wrong is looked for only where rows are missing.
    if bad and _count(database, f"{origin.relation} where {scope}") > reading.read[table]:
        _tell(database, origin, bad, reading)


def _count(database: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(database.execute(f"select count(*) from {relation}").fetchall()[0][0])


def managers(database: duckdb.DuckDBPyConnection, place: Path | None) -> None:
    """Names of the managers, by id; without such a table their ids stand for them."""
    database.execute("create table managers(rm_id varchar, name varchar)")
    if place is not None and (place / "managers.csv").is_file():
        relation = CSV.format(quoted(place / "managers.csv"))
        database.execute(f"insert into managers select rm_id, name from {relation}")


def _columns(table: str, shape: Shape, given: dict[str, str], origin: Origin, reading: Reading) -> None:
    for name in shape.columns:
        if name in given or name in shape.optional:
            continue
        close = difflib.get_close_matches(name, [one for one in given if one not in shape.columns], n=1)
        hint = f" (is “{close[0]}” meant?)" if close else ""
        if name in shape.needed:
            raise InputError(f"{origin.name} has no column {name}{hint}.", f"{table} cannot be read without it.")
        reading.problems.append(BadRow(origin.name, None, name, f"the column is missing{hint}; it is taken as unknown"))


def _typed(name: str, kind: str, given: dict[str, str]) -> str:
    if name not in given:
        return f"null::{kind}"
    column = f'"{name}"'
    if given[name] == "VARCHAR" and kind == "JSON":
        return f"if(trim({column}) = '', null, {column})"
    if given[name] == kind:
        return f"nullif({column}, '')" if given[name] == "VARCHAR" and kind == "VARCHAR" else column
    if kind == "VARCHAR[]":
        return f"string_split(coalesce({column}::varchar, ''), '|')"
    if given[name] != "VARCHAR" and kind in ("TIMESTAMP", "DATE") and given[name].startswith(("TIMESTAMP", "DATE")):
        return f"{column}::{kind}"
    text = f"nullif(trim({column}::varchar), '')"
    if kind == "TIMESTAMP":
        # A stamp with a zone is brought to the institution's own time; one without is in it.
        return f"try_cast({text} as timestamptz)::timestamp"
    if kind == "DATE":
        return f"try_cast(try_cast({text} as timestamptz)::timestamp as date)"
    return text if kind in ("VARCHAR", "JSON") else f"try_cast({text} as {kind})"


def _bad(name: str, shape: Shape, given: dict[str, str], typed: str) -> str:
    """A condition that holds where a column's value cannot be used; empty where every value can."""
    kind, conditions = shape.columns[name], []
    written = given[name] == "VARCHAR" or kind == "JSON"
    text = f"nullif(trim(\"{name}\"::varchar), '')" if written else f'"{name}"'
    if name in shape.needed:
        conditions.append(f'("{name}" is null or trim("{name}") = \'\')' if written else f"{text} is null")
    if kind not in ("VARCHAR", "JSON", "VARCHAR[]") and given[name] != kind:
        conditions.append(f"({text} is not null and {typed} is null)")
    if kind == "JSON":
        raw = f'"{name}"::varchar'
        conditions.append(f"case when {raw} = '{{}}' or trim({raw}) = '' then false else not json_valid({raw}) end")
    if shape.sound and name in shape.sound:
        conditions.append(f"not ({_with(shape.sound[name], name, typed)})")
    return f"({' or '.join(conditions)})" if conditions else ""


def _with(condition: str, name: str, typed: str) -> str:
    words = condition.split(" ")
    return " ".join(f"({typed})" if word == name else word for word in words)


def _tell(database: duckdb.DuckDBPyConnection, origin: Origin, bad: dict[str, str], reading: Reading) -> None:
    counts = ", ".join(f"count(*) filter ({condition})" for condition in bad.values())
    found = database.execute(f"select {counts} from {origin.relation}").fetchall()[0]
    for (name, condition), count in zip(bad.items(), found, strict=True):
        if count:
            reading.problems += _each(database, origin, name, condition)
            if count > MOST_TOLD:
                left = f"{count - MOST_TOLD:,} more rows with such a value"
                reading.problems.append(BadRow(origin.name, None, name, left))


def _each(database: duckdb.DuckDBPyConnection, origin: Origin, name: str, condition: str) -> Iterator[BadRow]:
    number = f"row_number() over () + {origin.first_row - 1}" if origin.first_row else "row"
    query = (
        f"select row, value from (select {number} as row,"
        f' "{name}"::varchar as value, {condition} as wrong from {origin.relation}) where wrong limit {MOST_TOLD}'
    )
    for row, value in database.execute(query).fetchall():
        shown = "is empty" if value is None or not value.strip() else f"“{value[:60]}” cannot be used"
        yield BadRow(origin.name, row, name, f"{shown}; the row is left out")


def _malformed(database: duckdb.DuckDBPyConnection, origin: Origin) -> Sequence[BadRow]:
    """Lines of a CSV that have another number of cells than the heading."""
    if origin.first_row != 2:
        return []
    query = "select distinct on (line) line, column_name, error_type from reject_errors order by line"
    try:
        found = database.execute(query).fetchall()
        database.execute("drop table reject_errors")
        database.execute("drop table reject_scans")
    except duckdb.CatalogException:
        return []
    told = [
        BadRow(origin.name, line, column or "row", f"{kind.lower()}; the row is left out")
        for line, column, kind in found
    ]
    return told[:MOST_TOLD]


def quoted(given: Path | str) -> str:
    return str(given).replace("'", "''")


def _first(error: Exception) -> str:
    return str(error).splitlines()[0]
