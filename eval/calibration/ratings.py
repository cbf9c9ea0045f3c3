"""People's ratings as rows: which rater gave which item which level by which criterion."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.xlsx import read_xlsx
from eval.calibration.lines import json_lines

COLUMNS = ("item", "cluster", "rater", "criterion", "level")
_SHOWN = 20
_JSONL = (".jsonl", ".ndjson")


class Rating(BaseModel):
    """One rater's level for one item by one criterion. `cluster`: what items have in common (a campaign, a segment)."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)
    item: str = Field(min_length=1)
    cluster: str = Field(min_length=1)
    rater: str = Field(min_length=1)
    criterion: str = Field(min_length=1)
    level: int = Field(ge=1, le=100)


@dataclass(frozen=True)
class Ratings:
    """The ratings of a file. `digest`: eight hexadecimal digits over what they say, whatever their order."""

    rows: tuple[Rating, ...]

    @cached_property
    def digest(self) -> str:
        """What a record of calibration names them by."""
        told = sorted(json.dumps(row.model_dump(), sort_keys=True, ensure_ascii=False) for row in self.rows)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that were rated, in order."""
        return tuple(sorted({row.criterion for row in self.rows}))

    def of(self, criterion: str) -> Panel:
        """The ratings by one criterion, by item."""
        levels: dict[str, dict[str, int]] = defaultdict(dict)
        clusters = {}
        for row in self.rows:
            if row.criterion == criterion:
                levels[row.item][row.rater] = row.level
                clusters[row.item] = row.cluster
        return Panel(dict(levels), clusters)


@dataclass(frozen=True)
class Panel:
    """Ratings by one criterion: item → rater → level, and each item's cluster."""

    levels: Mapping[str, Mapping[str, int]]
    clusters: Mapping[str, str]

    @property
    def raters(self) -> tuple[str, ...]:
        """Everybody who rated."""
        return tuple(sorted({rater for by in self.levels.values() for rater in by}))

    def rated_by(self, least: int) -> tuple[str, ...]:
        """The items that so many people rated, in order."""
        return tuple(sorted(item for item, by in self.levels.items() if len(by) >= least))

    def majority(self, items: Iterable[str], but: str | None = None) -> dict[str, int]:
        """Item → the level that most gave it, of several the lower middle one; without one rater's, where named. An
        item that nobody else rated is left out."""
        found = {}
        for item in items:
            given = [level for rater, level in self.levels[item].items() if rater != but]
            if given:
                found[item] = majority(given)
        return found


def majority(levels: Sequence[int]) -> int:
    """The most frequent level; of several that are as frequent, the lower middle one."""
    count = Counter(levels)
    most = max(count.values())
    best = sorted(level for level, times in count.items() if times == most)
    return best[(len(best) - 1) // 2]


def read_ratings(path: Path) -> Ratings:
    """The ratings of a .csv, .xlsx or .jsonl file with the columns item, cluster, rater, criterion, level.

    Raises FileError, or InputError that names every row that is wrong as `file:row`.
    """
    rows, problems, seen = list[Rating](), list[str](), dict[tuple[str, str, str], str]()
    clusters: dict[str, tuple[str, str]] = {}
    for place, raw in _raw(path):
        try:
            row = Rating.model_validate(raw)
        except ValidationError as error:
            problems += [f"{place}: {_told(one)}" for one in error.errors()]
            continue
        key = (row.item, row.rater, row.criterion)
        if key in seen:
            problems.append(f"{place}: {row.rater} rated {row.item} by {row.criterion} already ({seen[key]})")
        first, cluster = clusters.setdefault(row.item, (place, row.cluster))
        if cluster != row.cluster:
            problems.append(f"{place}: {row.item} is of cluster {row.cluster} here and of {cluster} at {first}")
        seen[key] = place
        rows.append(row)
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError("\n".join(problems[:_SHOWN]) + more, "Mend these rows.")
    if not rows:
        raise InputError(f"{path} holds no ratings.", f"It needs the columns {', '.join(COLUMNS)}.")
    return Ratings(tuple(rows))


def _told(error: Any) -> str:
    name = ".".join(map(str, error["loc"])) or "the row"
    return f"{name} is missing" if error["type"] == "missing" else f"{name}: {error['msg']}"


def _raw(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return json_lines(path) if path.suffix.lower() in _JSONL else _table(path)


def _table(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    sheets = read_xlsx(path)[0] if kind_of(path) == "xlsx" else [read_csv(path, lambda row: len({*row} & {*COLUMNS}))]
    for sheet in sheets:
        heads = {cell.column: str(cell.value).strip().lower() for cell in sheet.rows[0]} if sheet.rows else {}
        if missing := [name for name in COLUMNS if name not in heads.values()]:
            if sheet is sheets[-1]:
                what = f"{path.name}:1: no column is called {', '.join(missing)}."
                raise InputError(what, f"Ratings have the columns {', '.join(COLUMNS)}.")
            continue
        for row in sheet.rows[1:]:
            yield f"{path.name}:{row[0].row}", {heads[one.column]: one.value for one in row if one.column in heads}
        return
