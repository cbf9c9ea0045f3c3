"""Logged actions from a file: what was known, what was done, how likely that was, what came of it."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import FileError, InputError
from eval.policy.context import encoded
from eval.statistics.clusters import Codes, Floats

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. `context`: those that a model of rewards may use; None: all that have no other part."""

    action: str = "action"
    propensity: str = "propensity"
    reward: str = "reward"
    cluster: str | None = None
    context: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """n decisions: places among `arms`, probabilities of these (0 to 1), rewards, numbers of the context (n × d).

    `clusters`: n labels, or None where each decision stands alone. `columns`: the file's own values, by name.
    """

    arms: tuple[str, ...]
    actions: Codes
    propensities: Floats
    rewards: Floats
    context: Floats
    clusters: Sequence[object] | None = None
    columns: Mapping[str, Sequence[Any]] | None = None
    places: Sequence[str] | None = None
    """Where each decision stands, as file:row, for messages."""

    def place(self, row: int) -> str:
        """Where a decision (from 0) stands."""
        return self.places[row] if self.places else f"row {row + 1}"


def read_log(path: Path, columns: Columns, apart: Sequence[str] = ()) -> Logged:
    """A CSV with headings, or JSONL with an object a line. `apart`: columns that are no context, such as a target's.

    FileError: it cannot be read. InputError names file:row and what is wrong there.
    """
    actions, propensities, rewards = list[str](), list[float](), list[float]()
    others, places = dict[str, list[Any]](), list[str]()
    for place, row in _rows(path):
        _need_columns(row, columns, others, place)
        actions.append(_action(row, columns.action, place))
        propensities.append(_propensity(row, columns.propensity, place))
        rewards.append(_number(row, columns.reward, place))
        places.append(place)
        for name, value in row.items():
            others.setdefault(name, []).append(value)
    if not places:
        raise InputError(f"{path.name} holds no decision.", "Log at least a row below the headings.")
    own = {columns.action, columns.propensity, columns.reward, columns.cluster, *apart}
    context = columns.context if columns.context is not None else tuple(name for name in others if name not in own)
    arms = tuple(sorted(set(actions)))
    at = {arm: number for number, arm in enumerate(arms)}
    return Logged(
        arms,
        np.array([at[action] for action in actions], dtype=np.int64),
        np.array(propensities),
        np.array(rewards),
        encoded({name: others[name] for name in context}, len(places)),
        others[columns.cluster] if columns.cluster else None,
        others,
        places,
    )


def _need_columns(row: Row, columns: Columns, others: Mapping[str, object], place: str) -> None:
    """InputError where a column that is asked for is missing, or the row has others than the first row."""
    for name in (columns.action, columns.propensity, columns.reward, columns.cluster, *(columns.context or ())):
        if name is not None and name not in row:
            raise InputError(f"{place}: there is no “{name}”.", f"Its columns are {', '.join(map(str, row))}.")
    if others and set(others) != set(row):
        strange = ", ".join(sorted(set(others) ^ set(row)))
        raise InputError(f"{place}: it differs from the first row in {strange}.", "Give all rows the same columns.")


def _action(row: Row, name: str, place: str) -> str:
    found = str(row[name] if row[name] is not None else "").strip()
    if not found:
        raise InputError(f"{place}: no action is named.", f"Fill “{name}”.")
    return found


def _propensity(row: Row, name: str, place: str) -> float:
    found = _number(row, name, place)
    if not 0 <= found <= 1:
        raise InputError(f"{place}: a propensity of {found:g} is no probability.", "It lies from 0 to 1.")
    return found


def _number(row: Row, name: str, place: str) -> float:
    try:
        found = float(row[name])
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f"{place}: “{name}” is “{row[name]}”, which is no number.", "Write one, with a point.")
    return found


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() in (".jsonl", ".ndjson"):
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield f"{path.name}:{number}", _object(line, f"{path.name}:{number}")
            else:
                yield from _table(csv.DictReader(file, strict=True), path.name)
    except OSError as error:
        raise FileError(f"{path} cannot be read ({error.strerror}).", "Name a CSV or JSONL file.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error


def _table(reader: csv.DictReader[str], name: str) -> Iterator[tuple[str, Row]]:
    try:
        for row in reader:
            place = f"{name}:{reader.line_num}"
            if None in row or None in row.values():
                raise InputError(f"{place}: it has not as many cells as the headings.", "Quote commas inside a cell.")
            yield place, row
    except csv.Error as error:
        # The reader counts a line when it is done with it.
        raise InputError(f"{name}:{reader.line_num + 1}: this is no CSV ({error}).", "Save it as CSV anew.") from error


def _object(line: str, place: str) -> Row:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: this is not JSON ({error}).", "Write an object a line.") from None
    if not isinstance(found, dict):
        raise InputError(f"{place}: this is no object.", "Write an object a line.")
    return found
