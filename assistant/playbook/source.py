"""Reading the institution's tables into DuckDB: every value typed, every bad row told with file, row and column."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assistant.errors import InputError
from assistant.playbook.columns import typed, unusable
from assistant.playbook.database import rows
from assistant.playbook.origins import CSV, Origin, first, origins, quoted
from assistant.playbook.problems import BadRow, Reading
from assistant.playbook.tables import SHAPES, Shape, parsed
from assistant.playbook.telling import bad_values, malformed, short_lines


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows are read: conditions over the given columns, and of which events the attributes are looked at."""

    mine: tuple[str, ...]
    now: str
    needed: str
    told: bool
    whole: bool


def load(
    database: duckdb.DuckDBPyConnection,
    place: Path | str,
    now: str,
    shard: tuple[int, int] = (0, 1),
    only: str | None = None,
    needed: str = "true",
) -> Reading:
    """Fill the tables customers, holdings and events from a folder of CSV or Parquet, or a DuckDB file.

    `now` is a SQL timestamp: later events are left out. `shard`: number and count; a customer belongs to one, and a bad
    row to the shard of the customer that it names. `only`: one customer's rows, and nothing is told; `ids` then holds
    some of the others' ids. `needed`: a condition over events; of the others the attributes are checked and not kept.
    `managers` (rm_id, name, name_latin) may be missing.
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
    chosen = Slice(tuple(mine), now, needed, told=only is None, whole=shard[0] == 0)
    for table, shape in SHAPES.items():
        fill(database, table, shape, found[table], chosen, reading)
    managers(database, Path(place))
    return reading


def fill(
    database: duckdb.DuckDBPyConnection, table: str, shape: Shape, origin: Origin, chosen: Slice, reading: Reading
) -> None:
    """Make a table of an origin's rows, each value typed; what cannot be used is left out and told."""
    try:
        described = database.execute(f"describe select * from {origin.relation}").fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"{origin.name} cannot be read ({first(error)}).", "Save it as UTF-8 CSV or Parquet."
        ) from None
    given = {str(name): str(kind) for name, kind, *_ in described}
    _columns(table, shape, given, origin, reading)
    values = {name: typed(name, kind, given) for name, kind in shape.columns.items()}
    bad = {name: unusable(name, shape, given, values[name]) for name in shape.columns if name in given}
    bad = {name: condition.replace("today", f"({chosen.now})::date") for name, condition in bad.items() if condition}
    keep = [*chosen.mine, *(f"not coalesce({condition}, false)" for condition in bad.values())]
    if table == "events":
        keep.append(f"coalesce({values['at']} <= {chosen.now}, true)")
    columns = ", ".join(f'{expression} as "{name}"' for name, expression in values.items())
    query = f"select {columns} from {origin.relation} where {' and '.join(keep) or 'true'}"
    if "attributes" in shape.columns:
        kept = parsed(f"if({chosen.needed}, attributes, null)")
        query = f'select * replace ({kept} as attributes) from (select *, "at"::date as day from ({query}))'
        query = f"select * exclude (day) from ({query})"
    database.execute(f"create table {table} as {query}")
    reading.read[table] = _count(database, table)
    broken = malformed(database, origin)
    if not chosen.told:
        return
    if chosen.whole:
        reading.problems += short_lines(origin, broken)
    # What is wrong is looked for only where rows are missing.
    scope = " and ".join(chosen.mine) or "true"
    if bad and _count(database, f"{origin.relation} where {scope}") > reading.read[table]:
        lines = sorted(line for line, _, _ in broken)
        reading.problems += bad_values(database, origin, bad, scope, lines)


def _count(database: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(database.execute(f"select count(*) from {relation}").fetchall()[0][0])


def managers(database: duckdb.DuckDBPyConnection, place: Path | None) -> None:
    """Names of the managers, by id; without such a table their ids stand for them."""
    database.execute("create table managers(rm_id varchar, name varchar, name_latin varchar)")
    if place is not None and (place / "managers.csv").is_file():
        relation = CSV.format(quoted(place / "managers.csv"))
        columns = {row[0] for row in rows(database, f"describe select * from {relation}")}
        latin = "name_latin" if "name_latin" in columns else "null"
        database.execute(f"insert into managers select rm_id, name, {latin} from {relation}")


def _columns(table: str, shape: Shape, given: dict[str, str], origin: Origin, reading: Reading) -> None:
    for name in shape.columns:
        if name in given or name in shape.optional:
            continue
        close = difflib.get_close_matches(name, [one for one in given if one not in shape.columns], n=1)
        hint = f" (is “{close[0]}” meant?)" if close else ""
        if name in shape.needed:
            raise InputError(f"{origin.name} has no column {name}{hint}.", f"{table} cannot be read without it.")
        reading.problems.append(BadRow(origin.name, None, name, f"the column is missing{hint}; it is taken as unknown"))
