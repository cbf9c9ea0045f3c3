"""Where lint cases come from: a text, JSON lines, a column of a table."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.checks.case import LintCase
from assistant.commands.common import read_text
from assistant.errors import InputError
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.grid import Cell, Sheet
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.headings import CopyColumns
from assistant.packs.sheets.xlsx import read_xlsx
from assistant.text.automaton import Automaton

KNOWN = ("channel", "product", "campaign", "locale", "market", "jurisdiction", "risk", "age", "purpose")
"""What the command line may tell of every case."""
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
_MOST = 1000
"""So many of other customers' data are told of one text."""
_SHORTEST = 2
"""A customer's datum of fewer characters stands in any text by chance."""


def cases(given: argparse.Namespace, headings: CopyColumns) -> Iterator[tuple[dict[str, Any], str]]:
    """Raw cases, each with the place that it stands in. InputError and FileError tell what cannot be read."""
    told = {name: getattr(given, name) for name in KNOWN if getattr(given, name) is not None}
    if given.send_at:
        told["send_at"] = _moment(given.send_at)
    if given.jsonl:
        yield from _lines(given.jsonl, told)
    elif Path(given.file).suffix.lower() in _TABLES:
        yield from _table(Path(given.file), given.column, headings, told)
    else:
        yield {"id": given.file, "text": read_text(given.file).rstrip("\n"), **told}, given.file


def _lines(name: str, told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for number, row in enumerate(read_text(name).split("\n"), 1):
        if not row.strip():
            continue
        try:
            raw = json.loads(row)
        except ValueError as error:
            raise InputError(f"{name}:{number}: this is not JSON ({error}).", "Write an object a line.") from None
        yield ({**told, **raw} if isinstance(raw, dict) else raw), f"{name}:{number}"


def _table(
    path: Path, column: str | None, headings: CopyColumns, told: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], str]]:
    words = (column,) if column else headings.text
    sheets = read_xlsx(path)[0] if kind_of(path) == "xlsx" else [read_csv(path, lambda row: _known(row, words))]
    found = False
    for sheet in sheets:
        heads = {cell.column: str(cell.value).strip() for cell in sheet.rows[0]} if sheet.rows else {}
        wanted = next((at for at, head in heads.items() if _is(head, words)), None)
        if wanted is not None:
            found = True
            personal = {at for at, head in heads.items() if at != wanted and _is(head, headings.customer)}
            yield from _rows(sheet, heads, wanted, personal, told)
    if not found:
        known = ", ".join(dict.fromkeys(head for s in sheets for head in (str(c.value) for c in (s.rows or [[]])[0])))
        what = f"{path.name}: no column “{column}”." if column else f"{path.name}: no column is known to hold copy."
        raise InputError(what, f"Name one with --column: {known or 'the file has no headings'}.")


def _known(row: list[str], words: Sequence[str]) -> int:
    return sum(_is(word, words) or word.strip() in LintCase.model_fields for word in row)


def _is(head: str, words: Sequence[str]) -> bool:
    return head.strip().lower() in [word.lower() for word in words]


def _rows(
    sheet: Sheet, heads: dict[int, str], wanted: int, personal: set[int], told: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], str]]:
    everybody = _personal(sheet.rows[1:], personal)
    for row in sheet.rows[1:]:
        cells = {cell.column: cell for cell in row}
        if wanted not in cells:
            continue
        place = f"{sheet.file}:{sheet.where(cells[wanted].row, wanted)}"
        own = {
            heads[at]: _value(cell, place)
            for at, cell in cells.items()
            if at != wanted and heads.get(at) in LintCase.model_fields
        }
        text = _value(cells[wanted], place)
        theirs = {str(cells[at].value).strip() for at in personal if at in cells}
        others = {word for word in everybody.found(text) if not any(word in mine for mine in theirs)}
        yield (
            {**told, "id": place, **own, "text": text, **({"others": sorted(others)[:_MOST]} if others else {})},
            place,
        )


def _personal(rows: Sequence[list[Cell]], columns: set[int]) -> Automaton[str]:
    """Every customer's data of a table, to be found in texts."""
    data = {str(cell.value).strip() for row in rows for cell in row if cell.column in columns}
    return Automaton({word: [word] for word in data if len(word) >= _SHORTEST})


def _value(cell: Cell, place: str) -> str:
    if cell.fault:
        raise InputError(f"{place}: {cell.fault[0]}.", f"{cell.fault[1][:1].upper()}{cell.fault[1][1:]}.")
    return str(cell.value)


def _moment(words: str) -> dt.date | dt.datetime:
    try:
        return dt.date.fromisoformat(words) if len(words) == 10 else dt.datetime.fromisoformat(words)
    except ValueError:
        raise InputError(f"--send-at {words} is no day or hour.", "Write 2026-12-24 or 2026-12-24T10:00.") from None
