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
from assistant.playbook.database import DAY, Clock, clock_of, connect, rows
from assistant.playbook.firing import fired, measure
from assistant.playbook.people import prepare
from assistant.playbook.policies import Policies
from assistant.playbook.problems import Reading
from assistant.playbook.scan import History, obey
from assistant.playbook.source import load
from assistant.playbook.standing import standings
from assistant.playbook.tables import EVENT_ROW

Posted = Mapping[str, Any]
"""An event: event_id, customer_id, at (naive, local), kind, amount, attributes."""
_TABLES = ("customers", "holdings", "events")
_SIGN = {"transfer_in": 1, "salary": 1, "transfer_out": -1}
"""How an event moves the balance that the table states."""


class Live:
    """The institution's tables, read once; a customer's rows are looked at when an event of theirs comes."""

    def __init__(self, pack: Pack, place: Path | str, now: dt.datetime) -> None:
        self._pack = pack
        self._database = connect(pack.institution.timezone)
        # What lies after `now` in the tables is no past of anybody.
        self.problems = load(self._database, place, f"timestamp '{now}'").problems
        for table in _TABLES:
            self._database.execute(f"create index {table}_customer on {table}(customer_id)")
        self._database.execute("set enable_external_access = false")
        self._database.execute("set lock_configuration = true")
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
        for table in _TABLES:
            query = (
                f"create table {table} as select * from memory.main.{table} where customer_id in (select unnest($1))"
            )
            cursor.execute(query, [who])
        cursor.executemany(
            f"insert into events values {EVENT_ROW}", [event_row(one) for one in posted if one["at"] <= now]
        )
        moved: dict[str, Decimal] = {}
        for one in posted:
            change = Decimal(str(one["amount"] or 0)) * _SIGN.get(one["kind"], 0)
            moved[one["customer_id"]] = moved.get(one["customer_id"], Decimal()) + change
        for own, change in moved.items():
            if change:
                statement = (
                    "update customers set demand_balance = coalesce(demand_balance, 0) + ? where customer_id = ?"
                )
                cursor.execute(statement, [change, own])

    def _decided(self, cursor: Any, clock: Clock, fresh: Sequence[Posted], history: History) -> list[Action]:
        prepare(cursor, self._pack, clock, Reading())
        kinds = {one["kind"] for one in fresh}
        caused = [
            t for t in self._pack.triggers.values() if t.on == "event" and (not t.events or kinds & set(t.events))
        ]
        measure(cursor, self._pack, clock, caused)
        firings = list(fired(cursor, self._pack, clock, caused))
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
