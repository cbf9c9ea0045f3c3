"""What people do at a desk all day, one small act after another: write, decide, export, bring results, seal.

Each act tells what was told to whoever asked for it, so that somebody else can look whether it is there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.draft import Written
from assistant.domain.export import Order
from assistant.domain.item import Act
from assistant.domain.person import Person
from assistant.domain.result import Result
from assistant.errors import Refused
from assistant.review.rules import Wish
from assistant.writing.cells import CellWriter
from assistant.writing.gate import Gate
from assistant.writing.matrix import Matrix

MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
CAMPAIGN = "B1-TERM2Y"
DECISIONS: tuple[tuple[Act, Person], ...] = (
    ("submit", MAKER),
    ("approve", CHECKER),
    ("approve", CHECKER),
    ("reject", CHECKER),
    ("undo", CHECKER),
    ("release", MAKER),
    ("release", MAKER),
    ("retire", MAKER),
)
ROWS = 40
"""Rows of one delivery of results."""
Told = dict[str, Any] | None


def brief(segments: tuple[str, ...] = ("salary",), note: str = "") -> Brief:
    """Two cells of a segment."""
    return Brief(
        campaign=CAMPAIGN, segments=segments, ages=("35-44",), channels=("sms", "email"), locales=("zh-Hans",),
        send_on=NOW.date(), variants=2, note=note,
    )  # fmt: skip


def matrix(desk: Desk) -> Matrix:
    """The matrix without a search index, whose threads no fork survives; phrases need no evidence."""
    writer = CellWriter(desk.pack, Gate(desk.pack, desk.engine), desk.phrases, lambda *_: (), None)
    return Matrix(desk.pack, writer, desk.drafts, 1)


def write(desk: Desk, chance: random.Random) -> Told:
    """One cell more of a run that others may have begun."""

    async def first(wanted: Brief) -> list[str]:
        made, there = [], desk.drafts.cells(matrix(desk).run_id(wanted)) or {}
        async for cell in matrix(desk).write(wanted):
            made.append(cell.cell.key)
            if cell.cell.key not in there:
                break
        return made

    segments = (chance.choice(sorted(desk.pack.segments)),)
    wanted = brief(segments, chance.choice(("", "warmer", "shorter")))
    return {"run": matrix(desk).run_id(wanted), "cells": asyncio.run(first(wanted))}


def _begun(desk: Desk) -> list[Written]:
    """The cells that the desk began with."""
    return list((desk.drafts.cells(matrix(desk).run_id(brief())) or {}).values())


def decide(desk: Desk, chance: random.Random) -> Told:
    """A decision on one text, or other words for it."""
    own = chance.choice(sorted(variant.id for cell in _begun(desk) for variant in cell.variants))
    act, by = chance.choice(DECISIONS)
    (told,) = desk.workflow.do([own], Wish(act, by, "tone", comment="read"), NOW)
    return {"item": own, "version": told.item.version} if told.item else None


def _order(chance: random.Random) -> Order:
    return Order.model_validate(
        {
            "campaign": CAMPAIGN,
            "send_at": NOW + dt.timedelta(minutes=1),
            "form": chance.choice(("csv", "xlsx", "jsonl")),
        }
    )


def export(desk: Desk, chance: random.Random) -> Told:
    """An export at once."""
    done = desk.outgoing.exports.make(_order(chance), MAKER, NOW)
    return {"export": done.id, "digest": done.digest}


def schedule(desk: Desk, chance: random.Random) -> Told:
    """An export for later."""
    return {"scheduled": desk.outgoing.exports.schedule(_order(chance), MAKER, NOW).id}


def run(desk: Desk, chance: random.Random) -> Told:
    """One of the scheduled exports, written."""
    waiting = desk.outgoing.export_store.listed(stand="scheduled")
    if not waiting:
        return None
    done = desk.outgoing.exports.run(chance.choice(waiting).id, MAKER, NOW + dt.timedelta(minutes=1))
    return {"export": done.id, "digest": done.digest}


def bring(desk: Desk, chance: random.Random) -> Told:
    """A delivery of results of one text."""
    texts = [one.id for one in desk.shelf.listed(limit=1)]
    if not texts:
        return None
    source = uuid.UUID(int=chance.getrandbits(128)).hex
    rows = [Result(row=str(n), item=texts[0], day=NOW.date(), exposures=100, clicks=n) for n in range(ROWS)]
    return {"source": source, **desk.outgoing.results.take(rows, source, MAKER, NOW)}


def seal(desk: Desk, chance: random.Random) -> Told:
    """The audit's head, signed."""
    sealed = desk.sealer.seal(NOW)
    return {"sealed": sealed.seq} if sealed else None


MOVES: Mapping[str, Callable[[Desk, random.Random], Told]] = {
    "write": write,
    "decide": decide,
    "export": export,
    "schedule": schedule,
    "run": run,
    "bring": bring,
    "seal": seal,
}


def move(desk: Desk, name: str, chance: random.Random) -> Told:
    """Make a move; None where the desk's rules or the state of things do not let it."""
    try:
        return MOVES[name](desk, chance)
    except Refused:
        return None
