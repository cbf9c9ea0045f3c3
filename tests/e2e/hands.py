"""People who work without a pause and are killed: `python -m tests.e2e.hands HOME SEED`.

The desk is loaded once. At each line on standard input a process is forked that makes random moves and tells each as a
line of JSON; it is killed with SIGKILL after some of them, at any moment, and what was told is printed as one line.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import sys
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from tests.e2e.moves import CHECKER, MAKER, MOVES, NOW, brief, matrix, move

MOST_MOVES, LONGEST_S = 12, 0.08
WEIGHTS = {"decide": 6, "export": 3, "schedule": 2, "run": 4, "bring": 3, "write": 3, "seal": 2}


def begun(desk: Desk) -> Desk:
    """The desk with some texts, two of them released."""
    from assistant.review.rules import Wish

    async def all_of() -> list[str]:
        return [one.id async for cell in matrix(desk).write(brief()) for one in cell.variants]

    texts = asyncio.run(all_of())[:2]
    for act, by in (("submit", MAKER), ("approve", CHECKER), ("release", MAKER)):
        desk.workflow.do(texts, Wish(act, by, comment="read"), NOW)  # type: ignore[arg-type]
    return desk


def work(desk: Desk, chance: random.Random, told: int) -> None:
    """Make moves until somebody ends this."""
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    assert set(names) == set(MOVES)
    while True:
        (name,) = chance.choices(names, weights)
        if (came := move(desk, name, chance)) is not None:
            os.write(told, (json.dumps(came) + "\n").encode())


def heard(seen: int, chance: random.Random) -> list[str]:
    """The lines that come until enough have come, and then until a moment that is drawn has passed."""
    wanted, text = chance.randint(0, MOST_MOVES), b""
    while text.count(b"\n") < wanted and (more := os.read(seen, 65536)):
        text += more
    select.select([], [], [], chance.uniform(0, LONGEST_S))
    while select.select([seen], [], [], 0)[0] and (more := os.read(seen, 65536)):
        text += more
    return [line.decode() for line in text.split(b"\n")[:-1]]


def main(home: Path, seed: int) -> None:
    """Fork, kill, tell; once for each line that comes."""
    desk, chance = begun(Desk(Settings(home=home))), random.Random(seed)
    desk.database.close()
    for _line in sys.stdin:
        seen, told = os.pipe()
        child = os.fork()
        if child == 0:
            work(desk, random.Random(chance.random()), told)
        os.close(told)
        lines = heard(seen, chance)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(seen)
        chance.random()
        print(f"[{', '.join(lines)}]", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
