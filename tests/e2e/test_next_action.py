"""The next action by the commands, as an institution's own programs call them; killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BANK, ROOT

KILLS = int(os.environ.get("TEST_KILLS", "3"))
AS_OF = "2026-11-10T10:30"
SCAN = ("scan", "--data", str(BANK / "sample"), "--as-of", AS_OF, "--json")


def run(home: Path, *words: str) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, JSON lines, messages."""
    environment = {**os.environ, "COPYDESK_HOME": str(home)}
    command = [sys.executable, "-m", "assistant.cli", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_scan_tells_one_action_a_line_and_the_second_time_none_is_new(tmp_path: Path) -> None:
    code, first, _ = run(tmp_path, *SCAN)
    assert code == 0
    keys = "action_id new trigger scenario customer_id fired_at due_at action kind owner channel product score reasons"
    assert list(first[0]) == [*keys.split(), "suppressed"]
    _, second, _ = run(tmp_path, *SCAN)
    assert [{**line, "new": False} for line in first] == second


def test_the_call_of_the_sample_has_a_script_a_story_and_an_outcome(tmp_path: Path) -> None:
    _, lines, _ = run(tmp_path, *SCAN)
    call = next(line for line in lines if line["trigger"] == "G1-INFLOW")
    own = ("--customer", call["customer_id"], "--trigger", "G1-INFLOW")
    code, (script,), _ = run(tmp_path, "script", "--data", str(BANK / "sample"), "--as-of", AS_OF, *own, "--json")
    assert (code, script["verdict"]) == (0, "pass")
    keys = {"customer_id", "trigger", "sections", "plan", "spoken_seconds", "verdict", "findings", "writer"}
    assert keys <= set(script)
    came = ("--by", "rm-lin", "--data", str(BANK / "sample"), "--as-of", "2026-11-10T11:00", "--json")
    code, (told,), _ = run(tmp_path, "outcome", call["action_id"], "refused", *came)
    assert (code, told["message"]["verdict"], told["message"]["purpose"]) == (0, "pass", "care")
    _, (story,), _ = run(tmp_path, "why", call["customer_id"], "--json")
    assert [row["outcome"] for row in story["outcomes"]] == ["refused"]
    assert call["action_id"] in {line["action_id"] for line in story["actions"]}
    _, queue, _ = run(tmp_path, "queue", "--as-of", AS_OF, "--json")
    assert call["action_id"] not in {line["action_id"] for line in queue}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scan", "--as-of", AS_OF), "No data are named"),
        (("scan", "--data", "nowhere", "--as-of", AS_OF), "There is no nowhere"),
        (("scan", "--data", str(BANK / "sample"), "--as-of", "tomorrow"), "is no moment"),
        (
            ("script", "--data", str(BANK / "sample"), "--as-of", AS_OF, "--customer", "C9", "--trigger", "G1-INFLOW"),
            "C9",
        ),
        (
            (
                "script",
                "--data",
                str(BANK / "sample"),
                "--as-of",
                AS_OF,
                "--customer",
                "C0001",
                "--trigger",
                "G1-INFLOV",
            ),
            "G1-INFLOW",
        ),
        (("why", "C0001"), "No action is kept"),
        (("outcome", "abc", "reached"), "There is no action"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_what_was_asked_wrongly_is_told_with_the_mend(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    environment = {**os.environ, "COPYDESK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "assistant.cli", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.kills
@pytest.mark.timeout(3600)
def test_a_scan_that_is_killed_and_started_again_keeps_every_action_once(tmp_path: Path) -> None:
    draw, environment = random.Random(3), {**os.environ, "COPYDESK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "assistant.cli", *SCAN]
    for _ in range(KILLS):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=draw.uniform(0.5, 6.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
    _, lines, _ = run(tmp_path, *SCAN)
    with sqlite3.connect(tmp_path / "copydesk.db") as connection:
        kept = [own for (own,) in connection.execute("select id from actions")]
    assert sorted(kept) == sorted(line["action_id"] for line in lines)
    assert len(set(kept)) == len(kept)
