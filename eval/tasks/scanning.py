"""What the playbook makes of made-up people: a scan over their tables."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.playbook.scan import History, scan
from eval.cases.case import Case
from eval.people.write import EVENT, HOLDING, write
from eval.tasks.seam import Answer, Room

Fired = dict[str, list[dict[str, str]]]


async def scanned(case: Case, room: Room) -> Answer:
    """Every trigger that fires, by person, with its kind and what holds it back (empty where nothing does).

    `given`: `at`, the moment of the scan, and `people` (columns, events, holdings of each), or one `customer` of the
    made-up `town` of a seed.
    """
    at = dt.datetime.fromisoformat(case.given["at"])
    if "people" in case.given:
        with tempfile.TemporaryDirectory(prefix="copydesk-people-") as folder:
            _write(Path(folder), case.given["people"])
            return Answer({"fired": _scan(room, Path(folder), at)})
    key = f"town {case.given['town']} {at}"
    if key not in room.kept:
        with tempfile.TemporaryDirectory(prefix="copydesk-town-") as folder:
            write(Path(folder), case.given["town"])
            room.kept[key] = _scan(room, Path(folder), at)
    own = case.given["customer"]
    return Answer({"fired": {own: room.kept[key].get(own, [])}})


def _scan(room: Room, folder: Path, at: dt.datetime) -> Fired:
    fired: Fired = {}
    for one in scan(room.desk.pack, folder, at, History(), threads=1).actions:
        held = one.suppressed.by if one.suppressed else ""
        fired.setdefault(one.customer_id, []).append({"trigger": one.trigger, "kind": one.kind, "held": held})
    return {own: sorted(found, key=lambda one: one["trigger"]) for own, found in fired.items()}


def _write(folder: Path, people: Mapping[str, Mapping[str, Any]]) -> None:
    """The three tables of a few people."""
    columns = ["customer_id", *dict.fromkeys(key for one in people.values() for key in one["is"])]
    customers = [{"customer_id": name, **one["is"]} for name, one in people.items()]
    holdings = [dict(zip(HOLDING, [name, *row], strict=True)) for name, one in people.items() for row in one["holds"]]
    events = [
        dict(zip(EVENT, [f"{name}-{number}", name, at, kind, amount, json.dumps(about)], strict=True))
        for name, one in people.items()
        for number, (at, kind, amount, about) in enumerate(one["events"])
    ]
    for file, heads, rows in (
        ("customers", columns, customers),
        ("holdings", HOLDING, holdings),
        ("events", EVENT, events),
    ):
        _table(folder / f"{file}.csv", heads, rows)


def _table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(columns), lineterminator="\n")
        out.writeheader()
        out.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
