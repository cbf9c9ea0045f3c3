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


def work(desk: Desk, chance: random.Random, told: int) -> None:
    """Make moves until somebody ends this; a byte is written after each that stood."""
    ids = sorted(row["id"] for row in desk.recalls.drafts())
    while True:
        own, (act, by) = chance.choice(ids), chance.choice(MOVES)
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


def main(home: Path, seed: int) -> None:
    """Fork, kill, tell; once for each line that comes."""
    desk, chance = Desk(Settings(home=home)), random.Random(seed)
    _ = desk.pack, desk.engine
    for _line in sys.stdin:
        seen, told = os.pipe()
        child = os.fork()
        if child == 0:
            work(desk, random.Random(chance.random()), told)
        os.close(told)
        moves = chance.randint(1, 25)
        while moves > 0 and (done := os.read(seen, moves)):
            moves -= len(done)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(seen)
        chance.random()
        print("killed", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
