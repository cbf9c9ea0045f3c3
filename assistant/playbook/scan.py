"""A scan: the tables of a moment → every action of the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import duckdb

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.playbook.arbitration import Posterior
from assistant.playbook.database import Clock, clock_of, connect, lock
from assistant.playbook.firing import fired, measure
from assistant.playbook.needs import needed
from assistant.playbook.people import prepare
from assistant.playbook.policies import Policies
from assistant.playbook.problems import BadRow, Reading, merged
from assistant.playbook.source import load
from assistant.playbook.standing import Past, standings


@dataclass(frozen=True)
class History:
    """What a store knows before a scan: when the last one was, actions by customer, what outcomes taught."""

    last_scan: dt.datetime | None = None
    past: Mapping[str, Sequence[Past]] = field(default_factory=dict)
    learned: Posterior = field(default_factory=Posterior)
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scanned:
    """All actions of a scan, the most urgent first, suppressed ones at the end; and the rows that were left out."""

    clock: Clock
    actions: Sequence[Action]
    problems: Sequence[BadRow]
    read: Mapping[str, int]


def scan(
    pack: Pack,
    place: Path | str,
    now: dt.datetime,
    history: History | None = None,
    shard: tuple[int, int] = (0, 1),
    threads: int | None = None,
) -> Scanned:
    """Evaluate every trigger over the tables in `place` as of `now` (naive, the institution's own time).

    `shard`: number and count; only that share of the customers is looked at. `threads`: all cores, unless given.
    """
    history = history or History()
    database = connect(pack.institution.timezone, threads)
    try:
        clock = clock_of(pack, now, history.last_scan)
        reading = load(database, place, f"timestamp '{now}'", shard, needed=needed(pack, clock))
        opened(database, pack, clock, reading, history.refused)
        found, reading = decided(database, pack, clock, history), merged([reading])
        return Scanned(clock, found, reading.problems, reading.read)
    finally:
        database.close()


def together(shards: Sequence[Scanned]) -> Scanned:
    """What the scans of all shards found, as one scan of the whole would have told it."""
    reading = merged(Reading(list(one.problems), dict(one.read)) for one in shards)
    found = ordered([action for one in shards for action in one.actions])
    return Scanned(shards[0].clock, found, reading.problems, reading.read)


def opened(
    database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, reading: Reading, refused: frozenset[str]
) -> None:
    """Make the tables that conditions look at, and lock the database before the pack's own SQL runs in it."""
    obey(database, refused)
    prepare(database, pack, clock, reading)
    lock(database)
    measure(database, pack, clock)


def obey(database: duckdb.DuckDBPyConnection, refused: frozenset[str]) -> None:
    """Who asked here not to be contacted is obeyed before the institution's own table says so."""
    if refused:
        query = "update customers set contact_refused = true where customer_id in (select unnest($1))"
        database.execute(query, [sorted(refused)])


def decided(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, history: History) -> list[Action]:
    """Every action, the most urgent first, suppressed ones at the end."""
    firings = sorted(fired(database, pack, clock), key=lambda one: (one.customer, one.trigger, one.cause))
    people = standings(database, pack, clock, {one.customer for one in firings})
    policies = Policies(pack, clock, history.learned)
    found = [
        action
        for own, theirs in groupby(firings, key=lambda one: one.customer)
        for action in policies.decide(list(theirs), people[own], history.past.get(own, ()))
    ]
    return ordered(found)


def ordered(actions: list[Action]) -> list[Action]:
    """The order in which a scan tells: open before suppressed, then by due time, score, id."""
    return sorted(actions, key=lambda one: (one.suppressed is not None, one.due_at, -one.score, one.action_id))
