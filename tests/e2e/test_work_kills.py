"""A desk that is killed while people write, decide, export and bring results keeps what it told, and nothing by half."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.bootstrap.desk import Desk
from assistant.cli import main
from assistant.domain.export import Export
from assistant.review.exporting.staging import beside
from assistant.settings import Settings
from assistant.store.desk_tables import decisions
from assistant.store.export_tables import exports, results
from assistant.store.schema import cells, drafts
from tests.conftest import ROOT
from tests.e2e.moves import MAKER, NOW, ROWS
from tests.e2e.test_desk_kills import whole

KILLS = int(os.environ.get("TEST_KILLS", "3"))
SOON = NOW + dt.timedelta(minutes=2)


def looked(desk: Desk, told: Sequence[dict[str, Any]]) -> None:
    """Assert that nothing stands by half, and that all that was told is there."""
    home = desk.settings.home
    whole(home)
    assert desk.sealer.verify().fault == ""
    assert [one for one in desk.outgoing.exports.run_due(MAKER, SOON) if not isinstance(one, Export)] == []
    acts = defaultdict[str, Counter[str]](Counter)
    for row in desk.audit.rows():
        acts[row.subject][row.act] += 1
    _exports(desk, acts)
    with desk.database.reading() as connection:
        brought = dict(connection.execute(select(results.c.source, func.count()).group_by(results.c.source)).all())
        of_cell = func.count(drafts.c.id)
        current = drafts.c.replaced_by.is_(None)
        beside_it = (drafts.c.run == cells.c.run) & (drafts.c.cell == cells.c.key) & current
        query = select(cells.c.run, cells.c.key, cells.c.status, of_cell).join(drafts, beside_it, isouter=True)
        found = connection.execute(query.group_by(cells.c.run, cells.c.key)).all()
        written = {(run, key): (status, count) for run, key, status, count in found}
        versions = {tuple(row) for row in connection.execute(select(decisions.c.item, decisions.c.version))}
    assert set(brought.values()) <= {ROWS}, "a delivery of results stands by half"
    assert all(acts[f"results:{source}"]["import_results"] == 1 for source in brought)
    assert set(written.values()) <= {("written", 2), ("not_applicable", 0)}, "a cell stands without its drafts"
    known = {one.id: one for one in desk.outgoing.export_store.listed(limit=100_000)}
    for one in told:
        if "run" in one:
            assert {(one["run"], key) for key in one["cells"]} <= set(written)
        elif "item" in one:
            assert (one["item"], one["version"]) in versions
        elif "export" in one:
            assert known[one["export"]].digest == one["digest"], "an export was done twice"
        elif "scheduled" in one:
            assert known[one["scheduled"]].stand == "done"
        elif "source" in one:
            assert one["source"] in brought
        else:
            assert desk.sealer.known()[-1].seq >= one["sealed"]


def _exports(desk: Desk, acts: dict[str, Counter[str]]) -> None:
    folder, expected = desk.settings.home / "exports", set[str]()
    with desk.database.reading() as connection:
        rows = connection.execute(select(exports.c.id, exports.c.stand, exports.c.file, exports.c.digest)).all()
    for own, stand, name, digest in rows:
        done = acts[f"export:{own}"]
        assert done["export"] - done["export_broken_off"] == (stand == "done"), (own, stand, done)
        if stand == "done":
            file = Path(name)
            assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, "a file is not what the audit says"
            expected |= {file.name, f"{file.name}.meta.json", beside(file, "refused").name}
        else:
            assert stand == "failed" and not Path(name).exists()
    assert {one.name for one in folder.glob("*")} | {one.name for one in folder.glob(".*")} <= expected


@pytest.mark.kills
@pytest.mark.timeout(3600)
def test_a_desk_that_is_killed_at_work_keeps_what_it_told_and_nothing_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    people = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.hands", str(home), "23"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert people.stdin is not None and people.stdout is not None
    desk: Desk | None = None
    for _ in range(KILLS):
        people.stdin.write("\n")
        people.stdin.flush()
        told = json.loads(people.stdout.readline())
        desk = desk or Desk(Settings(home=home))
        looked(desk, told)
    people.stdin.close()
    assert people.wait() == 0
    monkeypatch.setenv("COPYDESK_HOME", str(home))
    assert main(["audit", "verify"]) == 0
