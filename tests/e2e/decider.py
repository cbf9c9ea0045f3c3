"""People who decide without a pause, and are killed: `python -m tests.e2e.decider HOME SEED`.

The desk is loaded once. At each line on standard input a process is forked that makes random moves, killed with SIGKILL
after a random number of moves that stood, and `killed` is printed.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.domain.item import Act
from assistant.domain.person import Person
from assistant.errors import Refused
from assistant.review.rules import Wish
from assistant.settings import Settings

MOST = 25
MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
MOVES: tuple[tuple[Act, Person], ...] = (
    ("submit", MAKER),
    ("submit", MAKER),
    ("approve", CHECKER),
    ("approve", CHECKER),
    ("reject", CHECKER),
    ("ask", CHECKER),
    ("undo", CHECKER),
    ("release", MAKER),
    ("edit", MAKER),
)


def work(desk: Desk, ids: list[str], chance: random.Random, told: int) -> None:
    """Make moves on items until somebody ends this; a byte is written after each that stood.

    Where the killer is slow it waits for the end: a book that grows without bound takes ever longer to be verified.
    """
    stood = 0
    while True:
        own, (act, by) = chance.choice(ids), chance.choice(MOVES)
        if act == "release" and own in ids[::2]:  # What is released moves no more: half of them go on for ever.
            continue
        now = dt.datetime.now(dt.UTC)
        try:
            if act == "edit":
                desk.editing.today(own, by, None, now)
            else:
                (granted,) = desk.workflow.do([own], Wish(act, by, "tone"), now)
                if granted.refused:
                    continue
        except Refused:
            continue
        os.write(told, b".")
        stood += 1
        if stood > 2 * MOST:
            signal.pause()


def main(home: Path, seed: int) -> None:
    """Fork, kill, tell; once for each line that comes."""
    desk, chance = Desk(Settings(home=home)), random.Random(seed)
    _ = desk.pack, desk.engine
    # An item keeps the id of its first text, whatever replaces that.
    ids = sorted(row["id"] for row in desk.recalls.drafts())
    for _line in sys.stdin:
        seen, told = os.pipe()
        child = os.fork()
        if child == 0:
            work(desk, ids, random.Random(chance.random()), told)
        os.close(told)
        moves = chance.randint(1, MOST)
        while moves > 0 and (done := os.read(seen, moves)):
            moves -= len(done)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(seen)
        chance.random()
        print("killed", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
