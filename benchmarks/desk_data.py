"""A desk with a great many drafts: a few are written, and their rows are copied in bulk under other ids."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import insert, select

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.person import Person
from assistant.store.database import Database
from assistant.store.desk_tables import items
from assistant.store.schema import cells, drafts, runs

CAMPAIGN, IN_A_RUN, AT_ONCE = "B1-TERM2Y", 1000, 10_000
DAY = dt.date(2026, 11, 23)
STATES = (
    "submitted",
    "submitted",
    "submitted",
    "submitted",
    "draft",
    "draft",
    "draft",
    "approved",
    "released",
    "retired",
)
"""Of ten texts; one that is a draft has no row of its own."""
MAKER = Person(login="mei", name="Mei", roles=("marketer",))
PASSWORD = "seven herons over the lake"


def written(desk: Desk) -> None:
    """Write one campaign for a few audiences."""

    async def drain() -> None:
        brief = Brief(
            campaign=CAMPAIGN, segments=("salary", "affluent"), ages=("35-44", "55-64"), channels=("sms", "email"),
            locales=("zh-Hans", "en"), send_on=DAY,
        )  # fmt: skip
        async for _ in desk.matrix.write(brief):
            pass

    asyncio.run(drain())


def multiplied(database: Database, count: int) -> int:
    """Copy the drafts until there are so many; returns how many may be decided on."""
    with database.reading() as connection:
        texts = [dict(row._mapping) for row in connection.execute(select(drafts).order_by(drafts.c.id))]
        known = {(row.run, row.key): dict(row._mapping) for row in connection.execute(select(cells))}
        run = dict(connection.execute(select(runs)).mappings().first() or {})
    waiting = 0
    every = enumerate(itertools.islice(itertools.cycle(texts), count))
    while part := list(itertools.islice(every, AT_ONCE)):
        rows = [_copied(number, text, known[text["run"], text["cell"]], run) for number, text in part]
        with database.begin() as connection:
            fresh = {row["run"]["id"]: row["run"] for row in rows}
            connection.execute(insert(runs), list(fresh.values()))
            connection.execute(insert(cells), [row["cell"] for row in rows])
            connection.execute(insert(drafts), [row["draft"] for row in rows])
            connection.execute(insert(items), [row["item"] for row in rows if row["item"]["state"] != "draft"])
        waiting += sum(row["item"]["state"] == "submitted" for row in rows)
    return waiting


def _copied(number: int, text: Mapping[str, Any], cell: Mapping[str, Any], run: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of one copy: its run, a cell of its own, its draft and its item."""
    own, place = f"{number:012x}", f"bulk{number // IN_A_RUN:012d}"
    made_for, state = cell["cell"], STATES[number * 7919 % len(STATES)]
    key = f"{text['cell']}/{number}"
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    item = {
        "id": own, "draft": own, "run": place, "key": key, **made_for, "makers": [MAKER.login], "state": state,
        "version": 1, "content": "", "knowledge": run["pack_version"], "verdict": text["verdict"], "package": None,
        "wave": "", "changed_by": MAKER.login, "changed_at": begun, "held_by": None, "held_until": None,
    }  # fmt: skip
    return {
        "run": {**run, "id": place, "maker": MAKER.login, "begun_at": begun},
        "cell": {**cell, "run": place, "key": key},
        "draft": {**text, "id": own, "run": place, "cell": key, "call": "", "replaced_by": None},
        "item": item,
    }


def waiting(database: Database, count: int) -> list[str]:
    """Ids of texts that wait for a decision, spread over all of them."""
    with database.reading() as connection:
        found = list(connection.execute(select(items.c.id).where(items.c.state == "submitted")).scalars())
    return found[:: max(1, len(found) // count)][:count]


def released(desk: Desk) -> Iterator[str]:
    """Release all that was written."""
    from assistant.review.rules import Wish

    own = sorted(row["id"] for row in desk.recalls.drafts())
    checker, now = Person(login="chen", name="Chen", roles=("checker",)), dt.datetime.now(dt.UTC)
    for act, by in (("submit", MAKER), ("approve", checker), ("release", MAKER)):
        told = desk.workflow.do(own, Wish(act, by, comment="read"), now)  # type: ignore[arg-type]
        yield from (one.id for one in told if one.item and act == "release")
