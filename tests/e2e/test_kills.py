"""A run that is killed at any moment and started again writes no cell twice and loses none."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

KILLS = int(os.environ.get("TEST_KILLS", "3"))
BRIEF = (
    "B6-BIRTHDAY",
    "--segment",
    "new",
    "dormant",
    "--channel",
    "sms",
    "push",
    "wecom",
    "--locale",
    "zh-Hans",
    "-n",
    "2",
)
CELLS = 2 * 6 * 3


def start(home: Path) -> subprocess.Popen[str]:
    """The command, printing a line as each cell is stored."""
    environment = {**os.environ, "COPYDESK_HOME": str(home)}
    command = [sys.executable, "-m", "assistant.cli", "write", *BRIEF, "--json"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def stored(home: Path) -> list[tuple[str, int]]:
    """The key of each stored cell and the number of its drafts."""
    path = home / "copydesk.db"
    if not path.exists():
        return []
    with sqlite3.connect(path) as connection:
        query = "select key, (select count(*) from drafts where drafts.cell = cells.key) from cells"
        return (
            list(connection.execute(query))
            if connection.execute("select 1 from sqlite_master where name = 'cells'").fetchone()
            else []
        )


@pytest.mark.kills
@pytest.mark.timeout(3600)
def test_a_killed_run_resumes_without_loss_or_double(tmp_path: Path) -> None:
    draw, kills, round_ = random.Random(7), 0, 0
    while kills < KILLS:
        home, done = tmp_path / str(round_), 0
        round_ += 1
        while kills < KILLS and done < CELLS:
            process = start(home)
            assert process.stdout is not None
            wanted, seen = draw.randint(0, 12), set[str]()
            for line in process.stdout:
                seen.add(json.loads(line)["segment"] + line)
                if len(seen) > done + wanted:
                    break
            process.send_signal(signal.SIGKILL)
            process.stdout.close()
            process.wait()
            kills += 1
            cells = stored(home)
            assert len({key for key, _ in cells}) == len(cells) >= done, "a cell was lost or doubled"
            done = len(cells)
            assert all(drafts in (0, 2) for _, drafts in cells), "a cell stands without its drafts"
        last = start(home)
        out, _ = last.communicate(timeout=300)
        keys = [(row["segment"], row["age"], row["channel"]) for row in map(json.loads, out.splitlines())]
        assert last.returncode == 0 and len(keys) == len(set(keys)) == CELLS
        assert len(stored(home)) == CELLS
