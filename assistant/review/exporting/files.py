"""The files of an export: rows are written as they come, and all of them appear at once or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.export import Form, Values
from assistant.errors import FileError
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


def beside(path: Path, table: str) -> Path:
    """The file of another table than the first: `may.csv` → `may.refused.csv`."""
    return path.with_name(f"{path.stem}.{table}{path.suffix}")


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


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """The path in a folder beside the real one, which is removed at the end; `publish` moves what was written.

    Raises FileError for a full disk or a folder that cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.stem}-", dir=path.parent))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield folder / path.name
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(draft: Path, path: Path) -> list[Path]:
    """Put the files of a draft in their place, the one with the texts last: where it stands, the others stand too."""
    others = [one for one in sorted(draft.parent.iterdir()) if one != draft]
    names, placed = {one.name for one in others}, []
    for one in [*others, draft]:
        with one.open("rb") as file:
            os.fsync(file.fileno())
        placed.append(one.replace(path.parent / one.name))
    # What an earlier export of the same name left out or held back is not this one's.
    for stale in (beside(path, "refused"), beside(path, "held")):
        if stale.name not in names:
            stale.unlink(missing_ok=True)
    return placed


def digest_of(path: Path) -> str:
    """A file's SHA-256, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unwritable(path: Path, error: OSError) -> FileError:
    mend = "Free some space or name another folder; nothing was written."
    return FileError(f"{path} cannot be written ({error.strerror or error}).", mend)
