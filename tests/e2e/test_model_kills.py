"""A run over a model that is killed at any moment loses no cell, doubles none, and asks again only what was under way."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply
from assistant.models.scripted_words import answer
from assistant.store.database import Database, sqlite_url
from assistant.store.schema import calls, cells, drafts
from tests.conftest import ROOT
from tests.e2e.model_hand import AT_ONCE

KILLS = int(os.environ.get("TEST_KILLS", "3"))
SEGMENTS = 8 if KILLS > 50 else 2
"""Of six ages and three channels each."""


def slowly(body: Mapping[str, Any]) -> Reply:
    """The usual answer, after a moment in which the run may be killed."""
    usual = answer(body)
    return Reply(usual.content, delay_s=0.02)


def kept(home: Path) -> dict[tuple[str, str], tuple[str, int, int]]:
    """Each cell with its status and the numbers of its drafts and of its calls."""
    database = Database(sqlite_url(home / "copydesk.db"))
    with database.begin() as connection:
        texts = select(func.count()).where(drafts.c.run == cells.c.run, drafts.c.cell == cells.c.key).scalar_subquery()
        asked = select(func.count()).where(calls.c.run == cells.c.run, calls.c.cell == cells.c.key).scalar_subquery()
        found = connection.execute(select(cells.c.run, cells.c.key, cells.c.status, texts, asked)).all()
    database.close()
    assert len(found) == len({(row[0], row[1]) for row in found}), "a cell is kept twice"
    return {(run, key): (status, count, made) for run, key, status, count, made in found}


@pytest.mark.kills
@pytest.mark.timeout(1800)
def test_a_killed_run_asks_again_only_what_was_under_way(tmp_path: Path) -> None:
    chance, kills, rounds = random.Random(17), 0, 0
    while kills < KILLS:
        home, rounds = tmp_path / str(rounds), rounds + 1
        with ScriptedEndpoint(slowly) as server:
            command = [sys.executable, "-m", "tests.e2e.model_hand", str(home), server.url, str(SEGMENTS)]
            hand = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert hand.stdin is not None and hand.stdout is not None
            before: dict[tuple[str, str], tuple[str, int, int]] = {}
            killed = 0
            while True:
                hand.stdin.write(f"{chance.randint(1, 12) if kills + killed < KILLS else 1000}\n")
                hand.stdin.flush()
                came = hand.stdout.readline()
                now = kept(home)
                assert before.items() <= now.items(), "a cell that was kept is lost or was written again"
                before = now
                if came != "killed\n":
                    break
                killed += 1
            hand.stdin.close()
            assert hand.wait() == 0 and killed, "the run was over before anybody killed it"
            kills += killed
            written = [one for one in before.values() if one[0] != "not_applicable"]
            assert all(one[1] == 2 and one[2] for one in written), "a cell stands without its drafts or its calls"
            used = sum(one[2] for one in written)
            assert used <= len(server.requests) <= used + killed * AT_ONCE, "more was asked again than was under way"
