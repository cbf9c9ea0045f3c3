"""A locked database and a full disk: who asks is told what, where and the mend; nothing stands by half; what is asked
again goes through."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.settings import Settings
from tests.conftest import ROOT
from tests.e2e.hands import begun
from tests.e2e.moves import NOW
from tests.e2e.test_work_kills import looked
from tests.faults import asked as doors
from tests.faults.asked import Asked, Told

LOCKS = int(os.environ.get("TEST_LOCKS", "6"))
FULL = int(os.environ.get("TEST_FULL", "6"))
UNTOUCHED = ("seal", "index")
"""These write nothing to the database, and readers wait for no writer."""
DOINGS = ("write", "decide", "export", "export_command", "seal", "index")


def stands(desk: Desk, out: Path) -> Mapping[str, Any]:
    """What there is: rows by table, and the files that are anybody's to see."""
    counted = desk.counts.now()
    index = sorted(one.name for one in (desk.settings.home / "index").glob("*/*") if not one.name.startswith("."))
    folders = (desk.settings.home / "exports", out.parent)
    files = {one.name: one.stat().st_mtime_ns for folder in folders for one in folder.glob("*")}
    seals = desk.sealer.seals.read_bytes() if desk.sealer.seals.exists() else b""
    # Half a line that a crash leaves is no seal, and a full disk leaves none.
    assert not seals or seals.endswith(b"\n")
    return {"counted": counted, "index": index, "files": files, "seals": seals, **desk.drafts.count()}


def told_so(name: str, told: Told, word: str) -> None:
    """Assert that the answer says what is wrong and what to do."""
    assert "Traceback" not in told.words and word in told.words, told
    if name in ("decide", "export"):
        assert told.code == 503 and told.more["headers"]["content-type"] == "application/problem+json", told
        assert (
            told.more["mend"]
            and told.more["headers"]["retry-after"]
            and told.more["type"] == "urn:copydesk:unavailable"
        )
    else:
        assert told.code == 2 and told.words.count(".") >= 2, told


@pytest.fixture
def desk(bank: Pack, engine: CheckEngine, tmp_path: Path) -> Desk:
    made = Desk(Settings(home=tmp_path / "home", busy_seconds=0.05))
    made.__dict__.update(pack=bank, engine=engine)
    return begun(made)


@pytest.mark.kills
@pytest.mark.timeout(1800)
def test_a_locked_database_is_told_and_the_next_attempt_goes_through(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in doors.COMMANDS:
        monkeypatch.setattr(command, "desk_of", command.desk_of)  # so that it comes back
    out = tmp_path / "out" / "may.csv"
    asked, holder = Asked(desk, out), sqlite3.connect(desk.settings.home / "copydesk.db", isolation_level=None)
    for name in islice(cycle(DOINGS), LOCKS):
        desk.audit.add(NOW, "test", "saw", "test:x", {})
        doing, before = asked.doings[name], stands(desk, out)
        holder.execute("begin immediate")
        told = doing()
        holder.execute("rollback")
        if name in UNTOUCHED:
            assert told.code == 0, told
        else:
            told_so(name, told, "is locked by another process")
            assert stands(desk, out) == before
        again = doing()
        assert again.well, again
        looked(desk, [])
    holder.close()


@pytest.mark.kills
@pytest.mark.timeout(1800)
def test_a_full_disk_is_told_and_the_next_attempt_goes_through(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out" / "may.csv"
    command = [sys.executable, "-m", "tests.faults.starved", str(home), str(out), "5"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None

    def ask(line: str) -> Told:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        return Told(**json.loads(process.stdout.readline()))

    assert process.stdout.readline() == "ready\n"
    desk = Desk(Settings(home=home))
    for name in islice(cycle(DOINGS), FULL):
        desk.audit.add(NOW, "test", "saw", "test:x", {})
        before = stands(desk, out)
        told_so(name, ask(name), "some space")
        assert stands(desk, out) == before
        again = ask("")
        assert again.well, (name, again)
        looked(desk, [])
    process.stdin.close()
    assert process.wait() == 0
