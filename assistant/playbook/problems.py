"""What is wrong with the tables that were read: told once each, the same however the work was shared out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_TOLD = 20
"""Bad rows told one by one for a column of a file; the others are counted."""
MORE = "more of the same"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, or a column that is missing. `row` counts from 1, a CSV's heading included.

    `rows`: for how many rows it stands, where it is not about one.
    """

    file: str
    row: int | None
    column: str
    what: str
    rows: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        count = f"; {self.rows:,} row(s)" if self.rows else ""
        return f"{place}: {self.column}: {self.what}{count}"


@dataclass
class Reading:
    """What was found while the tables were read: problems, and the number of rows by table."""

    problems: list[BadRow] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)


def merged(parts: Iterable[Reading]) -> Reading:
    """The readings of all shards as one: a problem that several met is told once, and at most MOST_TOLD of a kind."""
    read: dict[str, int] = defaultdict(int)
    rows: dict[tuple[str, int | None, str, str], int] = defaultdict(int)
    for part in parts:
        for table, count in part.read.items():
            read[table] += count
        for one in part.problems:
            rows[one.file, one.row, one.column, one.what] += one.rows
    found = [BadRow(*key, count) for key, count in rows.items()]
    return Reading(list(_limited(sorted(found, key=_place))), dict(read))


def _place(one: BadRow) -> tuple[str, bool, int, str, bool, str]:
    return one.file, one.row is None and one.rows > 0, one.row or 0, one.column, one.what == MORE, one.what


def _limited(problems: Iterable[BadRow]) -> Iterable[BadRow]:
    told: dict[tuple[str, str], int] = defaultdict(int)
    left: dict[tuple[str, str], int] = defaultdict(int)
    for one in problems:
        # The files of a folder are one table.
        key = (one.file.split("/")[0], one.column)
        if one.what == MORE or told[key] == MOST_TOLD:
            left[key] += one.rows or 1
            continue
        told[key] += 1
        yield one
    yield from (BadRow(file, None, column, MORE, count) for (file, column), count in left.items())
