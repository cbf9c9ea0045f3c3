"""The files of an export, in each form: rows are written as they come."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.export import Form, Values
from assistant.review.exporting.staging import beside
from assistant.review.exporting.workbook import Workbook
from assistant.text.cells import safe

Tables = Mapping[str, Sequence[str]]
"""Tables of an export with their columns, the one with the texts first."""
Put = Callable[[Values], None]


class Sink(Protocol):
    """What rows are put into. `put` takes a table's name and a row; `close` ends the file."""

    def put(self, table: str, row: Values) -> None: ...
    def close(self) -> None: ...


def cell(value: object) -> object:
    """A value as a cell: text that no spreadsheet takes for a formula, numbers as they are."""
    if value is None:
        return ""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else safe(str(value))


class _Csv:
    """A file a table, as UTF-8 with a mark that Excel knows."""

    def __init__(self, path: Path, tables: Tables) -> None:
        self._tables, self._stack, self._path = tables, ExitStack(), path
        self._writers: dict[str, Any] = {}
        self._writer(next(iter(tables)))

    def _writer(self, table: str) -> Any:
        if table not in self._writers:
            path = beside(self._path, table) if self._writers else self._path
            file = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            self._writers[table] = csv.writer(file)
            self._writers[table].writerow(self._tables[table])
        return self._writers[table]

    def put(self, table: str, row: Values) -> None:
        self._writer(table).writerow([cell(row.get(name)) for name in self._tables[table]])

    def close(self) -> None:
        self._stack.close()


class _Jsonl:
    """A file a table; values stand as they are, for nothing computes them."""

    def __init__(self, path: Path, tables: Tables) -> None:
        self._tables, self._stack, self._path = tables, ExitStack(), path
        self._files: dict[str, Any] = {}
        self._file(next(iter(tables)))

    def _file(self, table: str) -> Any:
        if table not in self._files:
            path = beside(self._path, table) if self._files else self._path
            self._files[table] = self._stack.enter_context(path.open("w", encoding="utf-8"))
        return self._files[table]

    def put(self, table: str, row: Values) -> None:
        told = {name: row.get(name, "") for name in self._tables[table]}
        self._file(table).write(json.dumps(told, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._stack.close()


class _Xlsx:
    """A workbook with a sheet a table; `about` stands in its properties."""

    def __init__(self, path: Path, tables: Tables, about: Values) -> None:
        described = {"dc:creator": "Copydesk", "dc:description": json.dumps(about, ensure_ascii=False)}
        self._book = Workbook(path, {**described, "cp:keywords": str(about.get("label", ""))})
        self._tables, self._begun = tables, set[str]()
        self._begin(next(iter(tables)))

    def _begin(self, table: str) -> None:
        if table not in self._begun:
            self._begun.add(table)
            self._book.begin(table, self._tables[table])

    def put(self, table: str, row: Values) -> None:
        self._begin(table)
        self._book.append(table, [cell(row.get(name)) for name in self._tables[table]])

    def close(self) -> None:
        self._book.close()


def sink(form: Form, path: Path, tables: Tables, about: Values) -> Sink:
    """What writes a form."""
    if form == "xlsx":
        return _Xlsx(path, tables, about)
    return _Csv(path, tables) if form == "csv" else _Jsonl(path, tables)


def digest_of(path: Path) -> str:
    """A file's SHA-256, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
