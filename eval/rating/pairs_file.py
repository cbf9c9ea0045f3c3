"""A file of pairs, from which a session is begun: JSON lines, a workbook or CSV; read whole, or refused by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.domain.rating import Pair
from assistant.errors import InputError
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.xlsx import read_xlsx
from eval.calibration.lines import json_lines

NEEDED = ("item", "cluster", "source a", "source b", "text a", "text b")
"""The columns of a table, as the workbook of what was said has them; `readers` and `language` may stand beside them."""
_MAY = ("readers", "language")
_JSONL = (".jsonl", ".ndjson")
_SHOWN = 20
Row = Mapping[str, str]


def read_file(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file. JSON lines say `item, cluster, a, b, source_a, source_b`, as a judge's items do with two
    sources more, or are harvested pairs (`edits.jsonl`). Raises FileError, or InputError with every wrong row as
    `file:row`."""
    found, problems, places = list[Pair](), list[str](), dict[str, str]()
    for place, row in _rows(path):
        missing = [name for name in NEEDED if not row.get(name)]
        if missing:
            problems.append(f"{place}: {', '.join(missing)} missing")
            continue
        first = places.setdefault(row["item"], place)
        if first != place:
            problems.append(f"{place}: the pair {row['item']} stands at {first} already")
            continue
        try:
            found.append(_pair(row))
        except ValidationError as error:
            problems += [f"{place}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError("\n".join(problems[:_SHOWN]) + more, "Mend these rows; no session was begun.")
    if not found:
        raise InputError(f"{path.name} holds no pairs.", f"It needs {', '.join(NEEDED)}.")
    return tuple(found)


def _pair(row: Row) -> Pair:
    halves = {side: {"text": row[f"text {side}"], "source": row[f"source {side}"]} for side in ("a", "b")}
    told = {name: row.get(name, "") for name in _MAY}
    return Pair.model_validate({"id": row["item"], "cluster": row["cluster"], **halves, **told})


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    if path.suffix.lower() in _JSONL:
        for place, raw in json_lines(path):
            yield place.rpartition("/")[2], dict(_flat(raw))
        return
    sheets = read_xlsx(path)[0] if kind_of(path) == "xlsx" else [read_csv(path, _known)]
    for sheet in sheets:
        heads = {cell.column: _name(str(cell.value)) for cell in sheet.rows[0]} if sheet.rows else {}
        if not set(NEEDED) <= set(heads.values()):
            continue
        for row in sheet.rows[1:]:
            cells = {heads[one.column]: _plain(one.value) for one in row if one.column in heads}
            yield f"{path.name}:{row[0].row}", cells
        return
    raise InputError(f"{path.name}:1: no row of heads has {', '.join(NEEDED)}.", "Name the columns so.")


def _flat(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A line's cells. A harvested pair says `id` for `item`, and of each side its text and source together."""
    for key, value in raw.items():
        name = "item" if key == "id" else _name(str(key))
        if isinstance(value, Mapping):
            yield from ((f"{one} {str(key).strip().lower()}", _plain(told)) for one, told in value.items())
        else:
            yield name, _plain(value)


def _known(row: list[str]) -> int:
    return len({_name(one) for one in row} & set(NEEDED))


def _name(head: str) -> str:
    """`source_a` and `Source A` are one; `a` is its text."""
    told = head.strip().lower().replace("_", " ")
    return f"text {told}" if told in ("a", "b") else told


def _plain(value: Any) -> str:
    """What stands in a cell; a whole number as it is written."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
