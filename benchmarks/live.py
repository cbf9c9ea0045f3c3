"""The live feed over real HTTP to a real server: `python -m benchmarks.live [--customers N --events M] [--posts P]`.

The sample town as it lies in the pack, and a larger made-up one in a DuckDB file. Events are posted one by one and in
batches of 100 by one client that waits for each answer; an answer comes when the actions are stored. Prints a Markdown
table: events a second, milliseconds from POST to the stored action (median, 95 % of all), the server's CPU
milliseconds an event, and how many actions came of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import httpx2

from assistant.bootstrap.desk import Desk
from assistant.settings import read_settings
from benchmarks.scan_data import make

SEED, BATCH, WAIT_S = 5, 100, 300
KINDS = ("purchase", "login", "page_view", "transfer_out", "transfer_in", "transfer_in", "salary", "touch_opened")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Posted:
    """What posting cost: seconds a post, the server's CPU seconds, actions that came of it."""

    seconds: Sequence[float]
    cpu: float
    actions: int


def drawn(draw: random.Random, customers: Sequence[str], name: str, count: int) -> list[dict[str, Any]]:
    """Events of the last minutes: every fourth brings money, one in ten of these more than 200,000."""
    now = dt.datetime.now(dt.UTC)
    found = []
    for number in range(count):
        kind, city = draw.choice(KINDS), draw.choice(("宁波", "杭州"))
        amount = None if kind in ("login", "page_view", "touch_opened") else round(draw.expovariate(1 / 3000), 2)
        if kind == "transfer_in" and draw.random() < 0.1:
            amount = float(draw.randint(200_000, 900_000))
        more = {"login": {"city": city, "new_device": draw.random() < 0.1}, "page_view": {"product_type": "wealth"}}
        attributes = more.get(kind, {"counterparty": f"p-{draw.randint(1, 99)}"})
        at = now - dt.timedelta(seconds=draw.uniform(0, 300))
        row = {"event_id": f"{name}-{number}", "customer_id": draw.choice(customers), "at": at.isoformat()}
        found.append({**row, "kind": kind, "amount": amount, "attributes": attributes})
    return found


@contextmanager
def served(place: Path, home: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a desk that serves a town."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environment = {**os.environ, "COPYDESK_HOME": str(home), "COPYDESK_DATA": str(place)}
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            _await(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}/api/v1/events", process.pid
        finally:
            process.terminate()


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(address, timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def posted(client: httpx2.Client, address: str, process: int, events: Sequence[Any], size: int) -> Posted:
    """Post them, so many at a time."""
    seconds, actions, before = [], 0, _cpu(process)
    for start in range(0, len(events), size):
        body = events[start : start + size]
        begun = time.perf_counter()
        answer = client.post(address, json=body if size > 1 else body[0])
        seconds.append(time.perf_counter() - begun)
        told = answer.raise_for_status().json()
        assert told["accepted"] == len(body), told
        actions += len(told["actions"])
    return Posted(seconds, _cpu(process) - before, actions)


def _cpu(process: int) -> float:
    """CPU seconds of a process so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def town(name: str, place: Path, posts: int) -> None:
    """Measure one town and print its rows."""
    with duckdb.connect() as database:
        if place.is_file():
            database.execute(f"attach '{place}' as given (read_only)")
        source = "given.customers" if place.is_file() else f"read_csv('{place}/customers.csv')"
        customers = [own for (own,) in database.execute(f"select customer_id from {source} order by 1").fetchall()]
    draw = random.Random(SEED)
    with (
        tempfile.TemporaryDirectory() as home,
        served(place, Path(home)) as (address, process),
        httpx2.Client(timeout=600) as client,
    ):
        begun = time.perf_counter()
        posted(client, address, process, drawn(draw, customers, "first", 1), 1)
        opened = time.perf_counter() - begun
        for size, count in ((1, posts), (BATCH, posts * 10)):
            events = drawn(draw, customers, f"by{size}", count)
            told = posted(client, address, process, events, size)
            ordered = sorted(told.seconds)
            print(
                f"| {name} | {size} | {count / sum(ordered):,.1f} | {statistics.median(ordered) * 1e3:.1f} |"
                f" {ordered[int(len(ordered) * 0.95)] * 1e3:.1f} | {told.cpu / count * 1e3:.1f} | {told.actions} |"
                f" {opened:.1f} |",
                flush=True,
            )


def main() -> None:
    """Measure both towns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--posts", type=int, default=300)
    given = parser.parse_args()
    desk = Desk(read_settings())
    print("| town | at once | events/s | p50 ms | p95 ms | CPU ms an event | actions | first post s |")
    print("| :-- | --: | --: | --: | --: | --: | --: | --: |")
    town("sample", desk.folder / "sample", given.posts)
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), desk.pack, dt.datetime.now(), given.customers, given.events)
        place = Path(folder) / "town.duckdb"
        with duckdb.connect(str(place)) as database:
            for table in ("customers", "holdings", "events"):
                database.execute(f"create table {table} as from read_parquet('{folder}/{table}.parquet')")
        town(f"{given.customers:,} customers, {given.events:,} events", place, given.posts)


if __name__ == "__main__":
    main()
