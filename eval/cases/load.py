"""Reading a suite: everything that is wrong with it is told at once, with where it stands."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.errors import FileError, PackError, Problem, UnknownId
from eval.cases.case import Case, Suite
from eval.cases.promptfoo import is_promptfoo, of_promptfoo

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

SUITES = Path(__file__).parents[1] / "suites"
_KEYS = {"suite", "task", "scorers", "cases", "files", "margins", "about", "cluster_by", "cases_from"}
_CASE = {"id", "cluster", "given", "expected", "place"}


def suite_names(folder: Path = SUITES) -> list[str]:
    """The suites of a folder: files that name their task."""
    return sorted(file.stem for file in folder.glob("*.yaml") if _names_a_task(file))


def load_suite(name: str, folder: Path = SUITES, desk_of: Callable[[], Desk] | None = None) -> Suite:
    """A suite by its name in the folder, or by its own path. UnknownId, FileError, or PackError with every problem.

    `desk_of`: the desk whose knowledge a suite is made of that says `cases_from`; without it, the settings' own.
    """
    file = Path(name) if name.endswith((".yaml", ".yml", ".jsonl")) else folder / f"{name}.yaml"
    if not file.exists():
        if file.parent == folder:
            raise UnknownId("suite", name, suite_names(folder))
        raise FileError(f"There is no file {file}.", "Name a suite, or a .yaml or .jsonl file.")
    if file.suffix == ".jsonl":
        # A file of promptfoo's cases is a suite by itself: each case brings its own assertions.
        raw: dict[str, Any] = {"suite": file.stem, "task": "text", "scorers": ["asserts"], "files": [file.name]}
    else:
        raw = _yaml(file)
    return _suite(file, raw, desk_of or _own_desk)


def _own_desk() -> Desk:
    from assistant.bootstrap.desk import Desk
    from assistant.settings import read_settings

    return Desk(read_settings())


def _suite(file: Path, raw: dict[str, Any], desk_of: Callable[[], Desk]) -> Suite:
    problems = [
        Problem(str(file), 1, f"“{key}” is no key of a suite", f"use {_list(_KEYS)}") for key in raw.keys() - _KEYS
    ]
    for key, kind in (("suite", str), ("task", str), ("scorers", list)):
        if not isinstance(raw.get(key), kind) or not raw[key]:
            problems.append(Problem(str(file), 1, f"“{key}” is missing", "say it at the head of the suite"))
    rows = [*_rows(file, raw, problems), *_made(file, raw.get("cases_from"), desk_of, problems)]
    cases, seen = list[Case](), dict[str, str]()
    for row, where, line in rows:
        wrong = list(_wrong(row))
        if wrong:
            problems += [Problem(where, line, what, mend) for what, mend in wrong]
            continue
        case = Case(row["id"], str(row["cluster"]), row["given"], row.get("expected") or {}, f"{where}:{line}")
        if case.id in seen:
            problems.append(Problem(where, line, f"the id “{case.id}” is that of {seen[case.id]} too", "name it anew"))
        seen.setdefault(case.id, case.place)
        cases.append(case)
    if not problems and not cases:
        problems.append(Problem(str(file), 1, "the suite has no case", "write one under “cases”, or name “files”"))
    if problems:
        raise PackError(problems, what="The suite")
    return Suite(raw["suite"], raw["task"], tuple(raw["scorers"]), tuple(cases), raw.get("margins") or {})


def _rows(file: Path, raw: dict[str, Any], problems: list[Problem]) -> Iterator[tuple[dict[str, Any], str, int]]:
    """Every case with where it stands, those of the suite's own first."""
    for number, row in enumerate(raw.get("cases") or [], 1):
        yield (row if isinstance(row, dict) else {}), f"{file}#case", number
    for pattern in raw.get("files") or []:
        found = sorted(file.parent.glob(pattern))
        if not found:
            problems.append(Problem(str(file), 1, f"no file is called {pattern}", "mend the name under “files”"))
        for part in found:
            yield from _lines(part, raw.get("cluster_by"), problems)


def _made(
    file: Path, maker: str | None, desk_of: Callable[[], Desk], problems: list[Problem]
) -> Iterator[tuple[dict[str, Any], str, int]]:
    """What a function makes of the knowledge: `module:function`, of a desk, giving cases."""
    if maker is None:
        return
    module, _, function = maker.partition(":")
    try:
        make = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        problems.append(Problem(str(file), 1, f"{maker} cannot be asked ({error})", "write package.module:function"))
        return
    for number, row in enumerate(make(desk_of()), 1):
        yield row, f"{file}#{maker}", number


def _lines(file: Path, by: str | None, problems: list[Problem]) -> Iterator[tuple[dict[str, Any], str, int]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(Problem(str(file), number, f"this is no JSON ({error.msg})", "write one object a line"))
            continue
        if not isinstance(row, dict):
            problems.append(Problem(str(file), number, "this is no object", "write one object a line"))
        elif is_promptfoo(row):
            yield of_promptfoo(row, f"{file.stem}-{number}", by), str(file), number
        else:
            yield row, str(file), number


def _wrong(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(row.keys() - _CASE):
        yield f"“{key}” is no key of a case", f"use {_list(_CASE)}"
    if not isinstance(row.get("id"), str) or not row["id"]:
        yield "the case has no id", "give it one of its own, as text"
    if row.get("cluster") in (None, ""):
        yield "the case has no cluster", "name what it shares with others: a campaign, a segment, its own id if nothing"
    if not isinstance(row.get("given"), dict):
        yield "“given” is missing", "say what the task is given"
    if not isinstance(row.get("expected") or {}, dict):
        yield "“expected” is no mapping", "write it as key: value"


def _yaml(file: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError([Problem(str(file), line, "this is no YAML", "mend the line")], what="The suite") from error
    if not isinstance(raw, dict):
        raise PackError(
            [Problem(str(file), 1, "this is no suite", "begin with suite:, task:, scorers:")], what="The suite"
        )
    return raw


def _names_a_task(file: Path) -> bool:
    return any(line.startswith("task:") for line in file.read_text(encoding="utf-8").splitlines()[:20])


def _list(keys: set[str]) -> str:
    return ", ".join(sorted(keys))
