"""Events as they come: the tables stay in memory, and a batch of events leads to its actions at once."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.playbook.database import DAY, Clock, clock_of, connect, lock, rows
from assistant.playbook.firing import fired, measure
from assistant.playbook.people import check, see
from assistant.playbook.policies import Policies
from assistant.playbook.problems import merged
from assistant.playbook.scan import History, obey
from assistant.playbook.source import load
from assistant.playbook.standing import standings
from assistant.playbook.tables import parsed

Posted = Mapping[str, Any]
"""An event: event_id, customer_id, at (naive, local), kind, amount, attributes."""
_TABLES = ("customers", "holdings", "events")
_POSTED = (
    f"select * replace ({parsed('attributes')} as attributes) from (select unnest(?::varchar[]) as event_id,"
    ' unnest(?::varchar[]) as customer_id, unnest(?::timestamp[]) as "at", unnest(?::varchar[]) as kind,'
    " unnest(?::decimal(18, 2)[]) as amount, unnest(?::varchar[]) as attributes)"
)
"""Posted events as rows of the table, from a list a column."""
_MOVED = (
    "update customers set demand_balance = coalesce(demand_balance, 0) + change from"
    " (select unnest(?::varchar[]) as own, unnest(?::decimal(18, 2)[]) as change) where customer_id = own"
)
_SIGN = {"transfer_in": 1, "salary": 1, "transfer_out": -1}
"""How an event moves the balance that the table states."""


class Live:
    """The institution's tables, read once; a customer's rows are looked at when an event of theirs comes."""

    def __init__(self, pack: Pack, place: Path | str, now: dt.datetime) -> None:
        self._pack = pack
        self._database = connect(pack.institution.timezone)
        # What lies after `now` in the tables is no past of anybody.
        reading = load(self._database, place, f"timestamp '{now}'")
        check(self._database, pack, reading)
        self.problems = merged([reading]).problems
        for table in _TABLES:
            self._database.execute(f"create index {table}_customer on {table}(customer_id)")
        # What one event asks is done before a second thread has woken.
        self._database.execute("set threads = 1")
        lock(self._database)
        self._numbers = itertools.count()

    def knows(self, customers: Sequence[str]) -> set[str]:
        """Those of some customers that the tables hold."""
        query = "select customer_id from customers where customer_id in (select unnest($1))"
        return {own for (own,) in rows(self._database.cursor(), query, [list(customers)])}

    def actions(self, fresh: Sequence[Posted], earlier: Sequence[Posted], history: History) -> list[Action]:
        """What new events lead to; `earlier`: events of the same customers that were posted before."""
        now = max(one["at"] for one in fresh)
        since = min(one["at"] for one in fresh) - dt.timedelta(microseconds=1)
        clock = Clock(now, max(since, now - DAY), clock_of(self._pack, now).words)
        name = f"batch{next(self._numbers)}"
        cursor = self._database.cursor()
        cursor.execute(f"attach ':memory:' as {name}")
        try:
            cursor.execute(f"use {name}")
            self._fill(cursor, [*earlier, *fresh], now)
            obey(cursor, history.refused)
            return self._decided(cursor, clock, fresh, history)
        finally:
            cursor.execute("use memory")
            cursor.execute(f"detach {name}")
            cursor.close()

    def _fill(self, cursor: Any, posted: Sequence[Posted], now: dt.datetime) -> None:
        who = sorted({one["customer_id"] for one in posted})
        theirs = f"customer_id in ({', '.join('?' for _ in who)})"
        for table in ("customers", "holdings"):
            cursor.execute(f"create table {table} as select * from memory.main.{table} where {theirs}", who)
        columns = [list(column) for column in zip(*map(event_row, posted), strict=True)]
        cursor.execute(
            f"create table events as select * from memory.main.events where {theirs} union all select * from"
            f" ({_POSTED}) given where \"at\" <= timestamp '{now}' and event_id not in (select event_id from"
            f" memory.main.events where {theirs})",
            [*who, *columns, *who],
        )
        moved: dict[str, Decimal] = {}
        for one in posted:
            if change := Decimal(str(one["amount"] or 0)) * _SIGN.get(one["kind"], 0):
                moved[one["customer_id"]] = moved.get(one["customer_id"], Decimal()) + change
        if moved:
            cursor.execute(_MOVED, [list(moved), list(moved.values())])

    def _decided(self, cursor: Any, clock: Clock, fresh: Sequence[Posted], history: History) -> list[Action]:
        see(cursor, self._pack, clock, holdings=False)
        kinds = {one["kind"] for one in fresh}
        caused = [
            t for t in self._pack.triggers.values() if t.on == "event" and (not t.events or kinds & set(t.events))
        ]
        measure(cursor, self._pack, clock, caused)
        firings = list(fired(cursor, self._pack, clock, caused))
        if not firings:
            return []
        people = standings(cursor, self._pack, clock, {one.customer for one in firings})
        policies = Policies(self._pack, clock, history.learned)
        found: list[Action] = []
        for own, who in sorted(people.items()):
            theirs = [one for one in firings if one.customer == own]
            found += policies.decide(theirs, who, history.past.get(own, ()))
        return found


def event_row(one: Posted) -> tuple[Any, ...]:
    """A posted event as a row of the table."""
    attributes = json.dumps(one["attributes"], ensure_ascii=False) if one["attributes"] else None
    return one["event_id"], one["customer_id"], one["at"], one["kind"], one["amount"], attributes
