"""A desk whose files find no room: `python -m tests.faults.starved HOME OUT SEED`.

At each line on standard input, one of what `asked` can do, it is done while no file may grow past a few bytes, and once
more when there is room; both answers are printed as a line of JSON. A limit on the size of files stands for the full
disk: no right to mount is needed, and writing fails in the same places.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from tests.e2e.hands import begun
from tests.faults.asked import Asked, Told

MOST = {"index": 40_000, "seal": 200}
"""Bytes that a file may have: less than a seal; of what is not named here 4,000, less than a page of the database."""


def starved(asked: Asked, name: str, room: int) -> Told:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        return asked.doings[name]()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def main(home: Path, out: Path, seed: int) -> None:
    """Do what is asked for, starved and not; once for each line that comes."""
    desk, chance = begun(Desk(Settings(home=home))), random.Random(seed)
    _ = desk.search
    asked = Asked(desk, out)
    print("ready", flush=True)
    for line in sys.stdin:
        name = line.strip()
        first = starved(asked, name, chance.randint(0, MOST.get(name, 4000)))
        print(json.dumps(asdict(first)), flush=True)
        sys.stdin.readline()
        print(json.dumps(asdict(asked.doings[name]())), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
