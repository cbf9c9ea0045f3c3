"""A run that is killed at any moment has whole rows alone, goes on, and its summary is that of a run left in peace."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.running.rows import Rows
from eval.running.side import Side, side_of
from eval.running.summary import summary
from tests.conftest import ROOT
from tests.e2e.eval_hand import AT_ONCE

KILLS = int(os.environ.get("TEST_KILLS", "3"))
CASES = 400


def hand(home: Path) -> subprocess.Popen[bytes]:
    """A process that runs the suite."""
    home.mkdir(exist_ok=True)
    return subprocess.Popen([sys.executable, "-m", "tests.e2e.eval_hand", str(home), str(CASES)], cwd=ROOT)


def asked(home: Path) -> int:
    """How many cases have been asked, counting each time."""
    file = home / "asked"
    return file.read_bytes().count(b"\n") if file.exists() else 0


def finished(home: Path) -> Side:
    """The side of the one run of a folder, brought to its end."""
    rows = Rows(home / "eval.db")
    if not all(run.ended_at for run in rows.runs()):
        assert hand(home).wait() == 0
    [run] = rows.runs()
    side = side_of(rows, run)
    rows.close()
    return side


def whole(home: Path) -> int:
    """How many cases are kept; each has its scores."""
    rows = Rows(home / "eval.db")
    kept = [(run.id, row.case_id) for run in rows.runs() for row in rows.answers(run.id)]
    scored = {(run.id, score.case_id) for run in rows.runs() for score in rows.scores(run.id)}
    rows.close()
    assert set(kept) == scored, "a case is kept without its scores, or scores without their case"
    return len(kept)


def killed(home: Path, chance: random.Random) -> bool:
    """Kill a hand when some more cases were asked; False where it was done before."""
    until = asked(home) + chance.randint(1, 60)
    process = hand(home)
    while process.poll() is None and asked(home) < until:
        time.sleep(0.001)  # between two looks; there is nothing else to wait on
    process.kill()
    return process.wait() != 0


@pytest.mark.kills
@pytest.mark.timeout(1800)
def test_a_killed_evaluation_says_in_the_end_what_one_left_in_peace_says(tmp_path: Path) -> None:
    peace = tmp_path / "peace"
    assert hand(peace).wait() == 0
    expected = [line.told() for line in summary(finished(peace))]
    chance, kills, rounds = random.Random(5), 0, 0
    while kills < KILLS:
        home, own, rounds = tmp_path / str(rounds), 0, rounds + 1
        while kills + own < KILLS and killed(home, chance):
            own += 1
            whole(home)
        assert [line.told() for line in summary(finished(home))] == expected
        assert whole(home) == CASES
        assert asked(home) <= CASES + own * AT_ONCE, "more was asked again than was under way"
        kills += own
