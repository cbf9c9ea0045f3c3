"""A run over a model that is killed and begun again: `python -m tests.e2e.model_hand HOME URL SEGMENTS`.

The pack is loaded once. At each number on standard input a process is forked that goes on with the run; it is killed
with SIGKILL once so many more cells have come, in the middle of its next calls, and `killed` is printed, or `done`
where the run was over before.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import sys
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, brief_for
from assistant.settings import Settings

AT_ONCE = 8
SEND_ON = dt.date(2026, 6, 1)


def go_on(desk: Desk, brief: Brief, told: int) -> None:
    """Write what is not written, a byte for each cell that is kept."""

    async def all_of() -> None:
        async for _ in desk.matrix.write(brief):
            os.write(told, b".")

    asyncio.run(all_of())


def main(home: Path, url: str, segments: int) -> None:
    """Fork, kill, tell; once for each number that comes."""
    # One waits for a call as long as the endpoint holds it back: what is late would be asked again, and counted.
    desk = Desk(Settings(home=home, model_url=url, model_name="scripted", model_timeout=60, model_concurrency=AT_ONCE))
    chosen = {"segments": tuple(desk.pack.segments)[:segments], "channels": ("sms", "push", "wecom")}
    brief = brief_for(desk.pack, campaign="B6-BIRTHDAY", **chosen, locales=("zh-Hans",), variants=2, send_on=SEND_ON)
    _ = desk.engine
    for line in sys.stdin:
        seen, told = os.pipe()
        child = os.fork()
        if child == 0:
            go_on(desk, brief, told)
            os._exit(0)
        os.close(told)
        left = int(line)
        while left > 0 and (came := os.read(seen, left)):
            left -= len(came)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(seen)
        print("killed" if os.WIFSIGNALED(status) and not left else "done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
