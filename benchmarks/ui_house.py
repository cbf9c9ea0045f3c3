"""A bank's desk on an ordinary day, for the benchmarks of the page: people, texts, decisions, customers, a real server.

The store holds as many drafts as are asked for, with the decisions of a month; a run of a thousand texts is written for
real; the customers are the made-up bank of the benchmark of scans, scanned now.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.person import Person, Role
from assistant.playbook.database import local
from assistant.settings import Settings
from assistant.store.desk_tables import decisions, items
from assistant.store.schema import runs
from benchmarks.desk_data import CAMPAIGN, DAY, MAKER, PASSWORD, multiplied, waiting, written
from benchmarks.scan_data import make
from benchmarks.served import served

CUSTOMERS, EVENTS = 5_000, 100_000
DAYS = 28
"""The texts' decisions lie in so many days before now."""
STEPS = {
    "submitted": ("submit",),
    "approved": ("submit", "approve"),
    "released": ("submit", "approve", "release"),
    "retired": ("submit", "approve", "release", "retire"),
}
LONG_RUN = {"channels": ("sms", "push", "in_app", "email"), "locales": ("zh-Hans", "zh-Hant", "en")}
CHECKER = "chen"


@dataclass(frozen=True, slots=True)
class House:
    """What is there: `run` of `rows` texts, `submitted` texts that wait, the logins of each role."""

    home: Path
    run: str
    rows: int
    submitted: Sequence[str]
    people: dict[Role, list[str]]


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its address and its process."""

    base: str
    process: int

    def memory(self) -> float:
        """What of it lies in memory, in MB."""
        told = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmRSS:\s+(\d+)", told)[0]) / 1024

    def cpu(self) -> float:
        """CPU seconds that it has used."""
        told = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def furnished(home: Path, drafts: int, users: dict[Role, int]) -> House:
    """Make a desk with so many drafts, at which so many of each role work."""
    desk = Desk(Settings(home=home, data=str(home / "bank")))
    now = dt.datetime.now(dt.UTC)
    make(home / "bank", desk.pack, local(now, desk.pack.institution.timezone), CUSTOMERS, EVENTS)
    desk.actions.scan(home / "bank", now)
    written(desk)
    multiplied(desk.database, drafts)
    _decided(desk, now)
    run, rows = _long_run(desk)
    people = _hired(desk, users, now)
    found = waiting(desk.database, drafts)
    _ = desk.search
    desk.search.close()
    desk.database.close()
    return House(home, run, rows, found, people)


def _decided(desk: Desk, now: dt.datetime) -> None:
    """Move the texts into the last weeks, and give each the decisions that its state comes of."""
    with desk.database.begin() as connection:
        found = connection.execute(select(items.c.id, items.c.state, items.c.content, items.c.knowledge)).all()
        begun = now - dt.timedelta(days=DAYS)
        gap = dt.timedelta(days=DAYS - 1) / max(1, len(found))
        told, moved = [], []
        for place, row in enumerate(found):
            at, source, steps = begun + place * gap, "draft", STEPS[row.state]
            for version, act in enumerate(steps, 1):
                target = {"submit": "submitted", "approve": "approved", "release": "released", "retire": "retired"}[act]
                told.append({
                    "id": f"{row.id}{version}", "item": row.id, "version": version, "act": act, "source": source,
                    "target": target, "by": CHECKER if act == "approve" else MAKER.login,
                    "at": at + version * dt.timedelta(hours=2), "reason": "", "comment": "", "content": row.content,
                    "knowledge": row.knowledge, "undoes": None,
                })  # fmt: skip
                source = target
            moved.append({"own": row.id, "at": told[-1]["at"], "version": len(steps)})
        connection.execute(insert(decisions), told)
        changed = update(items).where(items.c.id == bindparam("own"))
        connection.execute(changed.values(changed_at=bindparam("at"), version=bindparam("version")), moved)
        for place, own in enumerate(connection.execute(select(runs.c.id).order_by(runs.c.id)).scalars().all()):
            at = begun + place * dt.timedelta(hours=1)
            connection.execute(update(runs).where(runs.c.id == own).values(begun_at=at))


def _long_run(desk: Desk) -> tuple[str, int]:
    """Have a campaign written for everybody whom it fits: its run, and how many texts."""
    everybody = {"segments": tuple(desk.pack.segments), "ages": tuple(desk.pack.ages)}
    brief = Brief(campaign=CAMPAIGN, send_on=DAY, variants=3, **everybody, **LONG_RUN)

    async def write() -> int:
        return sum([len(one.variants) async for one in desk.matrix.write(brief, maker=MAKER.login)])

    rows = asyncio.run(write())
    return desk.matrix.run_id(brief), rows


def _hired(desk: Desk, users: dict[Role, int], now: dt.datetime) -> dict[Role, list[str]]:
    """Everybody; managers have the customers with most calls."""
    calls = Counter(one.manager or "" for one in desk.actions.store.queue(None, "relationship_manager"))
    busiest = [own for own, _ in calls.most_common() if own]
    people: dict[Role, list[str]] = {}
    for role, count in users.items():
        for place in range(count):
            first = role == "marketer" and place == 0
            login = MAKER.login if first else f"{role}{place}"
            more = {"rm": {"manager": busiest[place % len(busiest)]}, "lead": {"team": "*"}}.get(role, {})
            person = Person(login=login, name=login.title(), roles=(role,), **more)
            desk.accounts.add(person, PASSWORD, "bench", now)
            people.setdefault(role, []).append(login)
    return people


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """A server of the desk with the settings that it is delivered with."""
    with served(home, COPYDESK_DATA=str(home / "bank")) as (base, process):
        yield Served(base, process)
