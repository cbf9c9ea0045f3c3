"""A spreadsheet beside a pack: what is new, what changes, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.domain.catalogue import Campaign, Product
from assistant.domain.pack import Pack
from assistant.errors import FileError, Problem
from assistant.packs.entries import build
from assistant.packs.sheets.cells import Reader
from assistant.packs.sheets.change import Change, ImportPlan
from assistant.packs.sheets.compare import get, merged, nested, same
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.grid import CellProblem, Sheet
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.headings import Headings, Section
from assistant.packs.sheets.row import Row, read_id, read_row
from assistant.packs.sheets.stored import Stored, read_stored
from assistant.packs.sheets.table import SECTIONS, Table, find_table
from assistant.packs.sheets.xlsx import read_xlsx

MODELS: dict[Section, type[Product] | type[Campaign]] = {"products": Product, "campaigns": Campaign}


@dataclass
class _Planning:
    reader: Reader
    stored: Stored
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def plan_import(path: Path, pack: Pack, headings: Headings) -> ImportPlan:
    """What the file would change. Raises FileError where it cannot be read; all else wrong is in `problems`."""
    sheets, skipped = _sheets(path, headings)
    planning = _Planning(Reader(pack, headings), read_stored(Path(pack.root)))
    changes: list[Change] = []
    found = False
    for sheet in sheets:
        if not sheet.rows and not sheet.problems:
            continue
        table = find_table(sheet, headings)
        if table is None and not sheet.problems and len(sheets) > 1:
            skipped.append(f"{sheet.name} (no heading is known)")
            continue
        found = True
        planning.problems += sheet.problems
        if table is not None:
            changes += _changes(planning, table)
        elif not sheet.problems:
            planning.problems.append(_no_headings(sheet, headings))
    if not found:
        mend = "Give it headings such as 产品编号, 年利率."
        raise FileError(f"{path.name} has no table of products or campaigns.", mend)
    return ImportPlan(tuple(changes), tuple(planning.problems), tuple(skipped), planning.stored.digests, headings)


def _sheets(path: Path, headings: Headings) -> tuple[list[Sheet], list[str]]:
    if kind_of(path) == "csv":
        return [read_csv(path, lambda row: max(headings.known(section, row) for section in SECTIONS))], []
    sheets, hidden = read_xlsx(path)
    if not any(sheet.rows for sheet in sheets):
        raise FileError(f"{path.name} is empty.", "Fill a visible sheet with headings and rows.")
    return sheets, [f"{name} (hidden)" for name in hidden]


def _no_headings(sheet: Sheet, headings: Headings) -> Problem:
    first = sheet.rows[0][0]
    near = headings.nearest("products", str(first.value)) or headings.label("products", "id", "zh-Hans")
    return sheet.problem(first.row, first.column, "no heading of the sheet is known", f"begin with “{near}”")


def _changes(planning: _Planning, table: Table) -> Iterator[Change]:
    for cells in table.rows:
        own, problems = read_id(table, cells, planning.reader)
        planning.problems += problems
        if own is None or not _once(planning, table, cells[0].row, own):
            continue
        key = (table.section, own)
        old = planning.stored.entries.get(key, {})
        row = read_row(table, cells, planning.reader, old)
        change = _change(planning, row, own, old)
        planning.problems += row.problems
        if change is not None and not row.problems:
            yield change


def _once(planning: _Planning, table: Table, number: int, own: str) -> bool:
    key, where = (table.section, own.lower()), table.sheet.where(number, table.id_column)
    first = planning.seen.setdefault(key, where)
    if first != where:
        what = f"the id “{own}” stands twice (first in {first})"
        planning.problems.append(table.sheet.problem(number, table.id_column, what, "delete one of the two rows"))
        return False
    close = planning.stored.lowered.get(key, own)
    if close != own:
        what = f"the id “{own}” differs from the pack's “{close}” in case only"
        planning.problems.append(table.sheet.problem(number, table.id_column, what, f"write “{close}”"))
    return close == own


def _change(planning: _Planning, row: Row, own: str, old: dict[str, Any]) -> Change | None:
    section = row.table.section
    for path, cell in row.blanked.items():
        if get(old, path) is not None:
            what = "a dash removes nothing, and the pack has a value here"
            row.problems.append(row.table.sheet.problem(cell.row, cell.column, what, "clear the cell or edit the YAML"))
    values = {path: value for path, value in row.values.items() if not same(path, get(old, path), value)}
    if old and not values:
        return Change("same", section, own, {}, row.table.sheet.where(row.number, row.table.id_column))
    content = merged(old, nested(values))
    if not row.problems:
        _validate(planning, row, content, new=not old)
    fields = {".".join(path): (get(old, path), get(content, path)) for path in map(_shown_path, values)}
    where = row.table.sheet.where(row.number, row.table.id_column)
    return Change("changed" if old else "new", section, own, fields, where)


def _shown_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """A reward is one fact although its languages stand in columns of their own."""
    return path[:2] if path[0] == "facts" else path


def _validate(planning: _Planning, row: Row, content: dict[str, Any], new: bool) -> None:
    model = MODELS[row.table.section]
    headings = planning.reader.headings
    known = headings.columns[row.table.section]
    for name, info in model.model_fields.items():
        key = info.alias or name
        if new and info.is_required() and key not in content:
            column = next((one for one in known if one.split(".")[0] == key), key)
            label = headings.label(row.table.section, column, "zh-Hans")
            mend = f"fill the column “{label}” or “{headings.label(row.table.section, column, 'en')}”"
            row.fault((key,), f"a new entry of {row.table.section} needs “{key}”", mend)
    if row.problems:
        return
    build(model, content, row, ())
    # The models' errors come as problems of a file; each is put beside the cell that its path was asked for.
    row.problems[:] = [
        CellProblem(row.name, row.number, one.what, one.mend, row.table.sheet.where(row.number, column))
        for one, column in zip(row.problems, row.asked, strict=True)
    ]
