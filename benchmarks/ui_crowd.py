"""People at their tabs, in a process of their own: `python -m benchmarks.ui_crowd BASE`.

The first line of standard input is JSON: a list of a login, a page and what is before that tab. They work until
standard input ends; then what each act took is printed as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.domain.person import Role
from benchmarks.ui_house import House
from benchmarks.ui_tabs import Seen, Took, fresh, worked

PAGES: Mapping[str, tuple[Role, int]] = {
    "/studio": ("marketer", 16),
    "/review": ("checker", 14),
    "/calls": ("rm", 12),
    "/insights": ("lead", 4),
    "/knowledge": ("checker", 2),
    "/check": ("marketer", 2),
}
"""Of fifty tabs, how many are at each page, and whose they are."""
FIFTY = sum(count for _role, count in PAGES.values())
COME_S = 20.0
"""Until all have come."""
Place = tuple[str, str, dict[str, Any]]


def users(tabs: int) -> dict[Role, int]:
    """How many of each role are needed for so many tabs; one of each at least, who sits at the browser."""
    found: dict[Role, int] = {}
    for role, count in PAGES.values():
        found[role] = found.get(role, 1) + -(-count * tabs // FIFTY)
    return found


def places(house: House, tabs: int) -> list[Place]:
    """Who sits where. The first of each role sits at the browser; the texts that wait are dealt out from the end."""
    left = {role: logins[1:] for role, logins in house.people.items()}
    texts = list(house.submitted[len(house.submitted) // 4 :])
    found: list[Place] = []
    for page in _spread(tabs):
        login = left[PAGES[page][0]].pop(0)
        seen: dict[str, Any] = {"run": house.run} if page == "/studio" else {}
        if page == "/review":
            seen["texts"] = texts[: len(texts) // 15]
            del texts[: len(texts) // 15]
        found.append((login, page, seen))
    return found


def _spread(tabs: int) -> list[str]:
    """Pages for so many tabs, as they stand to each other among fifty."""
    exact = {page: count * tabs / FIFTY for page, (_role, count) in PAGES.items()}
    many = {page: int(share) for page, share in exact.items()}
    for page in sorted(exact, key=lambda one: many[one] - exact[one])[: tabs - sum(many.values())]:
        many[page] += 1
    return [page for page, count in many.items() for _ in range(count)]


@contextmanager
def crowd(base: str, sitting: Sequence[Place], took: Took) -> Iterator[None]:
    """Have them work meanwhile; what their acts took is put into `took` afterwards."""
    command = [sys.executable, "-m", "benchmarks.ui_crowd", base]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(sitting) + "\n")
        process.stdin.flush()
        try:
            time.sleep(COME_S)
            if process.poll() is not None:
                raise SystemExit("The people did not come; see above.")
            yield
        finally:
            told, _ = process.communicate()
    if process.returncode:
        raise SystemExit("The people at their tabs met an error; see above.")
    for name, seconds in json.loads(told).items():
        took[name].extend(seconds)


async def together(base: str, sitting: Sequence[Place]) -> Took:
    """All at once, until standard input ends."""
    until, took = asyncio.Event(), fresh()
    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    ended.add_done_callback(lambda _: until.set())
    async with asyncio.TaskGroup() as group:
        for seed, (login, page, seen) in enumerate(sitting):
            group.create_task(worked(base, login, page, Seen(**seen), until, took, seed))
    return took


if __name__ == "__main__":
    print(json.dumps(asyncio.run(together(sys.argv[1], json.loads(sys.stdin.readline())))))
