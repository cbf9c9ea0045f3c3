"""A desk that is killed while people decide loses no decision, keeps none by half, and its audit verifies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.domain.audit import verify
from assistant.store.audit import AuditStore
from assistant.store.database import Database, sqlite_url
from assistant.store.desk_tables import decisions, items
from assistant.store.schema import drafts
from tests.conftest import ROOT

KILLS = int(os.environ.get("TEST_KILLS", "3"))


def whole(home: Path) -> int:
    """Assert that every decision stands with its audit row and its item's state; returns how many there are."""
    database = Database(sqlite_url(home / "copydesk.db"))
    rows = list(AuditStore(database).rows())
    assert verify(rows, []).fault == ""
    with database.begin() as connection:
        made = connection.execute(select(decisions).order_by(decisions.c.item, decisions.c.version)).all()
        state = {row.id: (row.version, row.state, row.draft) for row in connection.execute(select(items))}
        texts = {row.id: row.replaced_by for row in connection.execute(select(drafts.c.id, drafts.c.replaced_by))}
    database.close()
    told = Counter((row.act, row.subject, row.body["version"]) for row in rows if row.subject.startswith("item:"))
    assert told == Counter((row.act, f"item:{row.item}", row.version) for row in made)
    last = {row.item: (row.version, row.target) for row in made}
    assert last == {own: known[:2] for own, known in state.items()}
    assert all(texts[draft] is None for _, _, draft in state.values()), "an edit stands by half"
    return len(made)


@pytest.mark.kills
@pytest.mark.timeout(1800)
def test_a_killed_desk_keeps_whole_decisions_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write = ["write", "B1-TERM2Y", "--segment", "salary", "--age", "35-44", "--channel", "sms", "wecom", "--json"]
    run = [sys.executable, "-m", "assistant.cli", *write]
    environment = {**os.environ, "COPYDESK_HOME": str(home)}
    subprocess.run(run, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    people = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.decider", str(home), "11"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert people.stdin is not None and people.stdout is not None
    before = 0
    for _ in range(KILLS):
        people.stdin.write("\n")
        people.stdin.flush()
        assert people.stdout.readline() == "killed\n"
        now = whole(home)
        assert now > before, "a decision that was told was lost"
        before = now
    people.stdin.close()
    assert people.wait() == 0
