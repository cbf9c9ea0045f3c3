"""Decisions and reads of the queue by many at once, over real HTTP: `python -m benchmarks.desk [DRAFTS …]`.

For each number of drafts (10,000 and 1,000,000 unless named) and each database a desk is served, and `--clients` (50)
programs that each wait for their answer approve texts, one a request, then read pages of the queue, then both in turn.
PostgreSQL is a server of its own that keeps what it is told (fsync on). Prints a Markdown table: requests a second,
milliseconds of the middle and of 95 %.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.settings import Settings
from benchmarks.desk_data import CAMPAIGN, PASSWORD, multiplied, waiting, written
from benchmarks.served import served

SCOPES = ("texts:decide", "texts:read")
QUERIES = (
    {"state": "submitted"},
    {"state": "submitted", "campaign": CAMPAIGN},
    {"state": "submitted", "channel": "email", "locale": "en"},
    {},
    {"campaign": CAMPAIGN, "channel": "sms"},
)
Work = Callable[[httpx2.AsyncClient], Awaitable[httpx2.Response]]


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each request, and of all of them together."""

    each: Sequence[float]
    all: float

    def row(self) -> tuple[str, str, str]:
        """Requests a second, milliseconds of the middle and of 95 %."""
        ordered = sorted(self.each)
        late = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        return f"{len(ordered) / self.all:.0f}", f"{statistics.median(ordered) * 1e3:.0f}", f"{late * 1e3:.0f}"


async def asked(address: str, token: str, clients: int, works: Sequence[Work]) -> Took:
    """Do what there is to do, so many at once."""
    left, each = iter(works), list[float]()
    headers = {"authorization": f"Bearer {token}"}
    limits = httpx2.Limits(max_connections=clients, max_keepalive_connections=clients)

    async def one(client: httpx2.AsyncClient) -> None:
        for work in left:
            begun = time.perf_counter()
            answer = await work(client)
            each.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise SystemExit(f"{answer.status_code}: {answer.text[:300]}")

    async with httpx2.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=120) as client:
        begun = time.perf_counter()
        await asyncio.gather(*(one(client) for _ in range(clients)))
        return Took(each, time.perf_counter() - begun)


def approving(own: str) -> Work:
    """The approval of one text."""
    body = {"act": "approve", "texts": [{"id": own}], "comment": "read"}
    return lambda client: client.post("/texts/decisions", json=body)


def reading(draw: random.Random, ids: Sequence[str]) -> Work:
    """A page of the queue, from its beginning or from somewhere in it."""
    query = dict(draw.choice(QUERIES))
    if draw.random() < 0.5:
        query["after"] = draw.choice(ids)
    return lambda client: client.get("/texts", params=query)


@contextmanager
def serving(home: Path, url: str) -> Iterator[str]:
    """The address of the API of a desk that is served."""
    with served(home, COPYDESK_DATABASE_URL=url) as (base, _process):
        yield f"{base}/api/v1"


def measured(name: str, home: Path, url: str, drafts: int, clients: int, requests: int) -> None:
    """Make a desk of so many drafts, serve it, ask, and print its rows."""
    desk = Desk(Settings(home=home, database_url=url))
    written(desk)
    begun = time.perf_counter()
    multiplied(desk.database, drafts)
    made = time.perf_counter() - begun
    now = dt.datetime.now(dt.UTC)
    desk.accounts.add(Person(login="chen", name="Chen", roles=("checker",)), PASSWORD, "bench", now)
    _, token = desk.accounts.make_token("chen", "bench", SCOPES, 1, "bench", now)
    ids, draw = waiting(desk.database, 2 * requests), random.Random(7)
    _ = desk.search
    desk.search.close()
    desk.database.close()
    decisions, reads = ([approving(own) for own in ids], [reading(draw, ids) for _ in range(requests)])
    half = len(decisions) // 2
    both = [one for pair in zip(decisions[half:], reads, strict=False) for one in pair]
    with serving(home, url) as address:
        for part, works in (("approve", decisions[:half]), ("read a page", reads), ("both in turn", both)):
            print(f"| {name} | {drafts:,} | {part} | {' | '.join(run(address, token, clients, works))} |", flush=True)
    print(f"{drafts:,} drafts were made in {made:.0f} s", file=sys.stderr)


def run(address: str, token: str, clients: int, works: Sequence[Work]) -> tuple[str, str, str]:
    """Ask once to warm up, then measure."""
    asyncio.run(asked(address, token, 1, works[:1]))
    return asyncio.run(asked(address, token, clients, works[1:])).row()


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser()
    given.add_argument("drafts", type=int, nargs="*", default=[10_000, 1_000_000])
    given.add_argument("--clients", type=int, default=50)
    given.add_argument("--requests", type=int, default=2000)
    given.add_argument("--databases", default="sqlite,postgresql")
    options = given.parse_args()
    print("| database | drafts | what | a second | median ms | p95 ms |\n| :-- | --: | :-- | --: | --: | --: |")
    for drafts in options.drafts or [10_000, 1_000_000]:
        for name in options.databases.split(","):
            with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
                url = database(name, Path(folder), stack)
                measured(name, Path(folder) / "home", url, drafts, options.clients, options.requests)


def database(name: str, folder: Path, stack: ExitStack) -> str:
    """The address of an empty database."""
    if name == "sqlite":
        (folder / "home").mkdir()
        return f"sqlite:///{folder / 'home' / 'copydesk.db'}"
    from tests.contract.databases import PostgresDatabases
    from tests.contract.postgres import served

    settled = "-c listen_addresses= -c max_connections=200 -c shared_buffers=512MB"
    return PostgresDatabases(stack.enter_context(served(folder, settled))).empty(folder)


if __name__ == "__main__":
    main()
