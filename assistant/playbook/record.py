"""One customer's own record, for a script: it is read on this side only and never reaches a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.errors import UnknownId
from assistant.playbook.database import clock_of, connect, rows
from assistant.playbook.firing import fired
from assistant.playbook.live import Posted, event_row
from assistant.playbook.policies import Policies
from assistant.playbook.scan import History, opened
from assistant.playbook.source import load
from assistant.playbook.standing import Standing, standings
from assistant.playbook.tables import EVENT_ROW

_COLUMNS = "name, sex, lifecycle, satisfaction, risk_assessed_by, locale, market, professional, demand_balance"


@dataclass(frozen=True, slots=True)
class Event:
    """What a call is about, where it is an event: id, kind, moment (local), amount."""

    id: str
    kind: str
    at: dt.datetime
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Holding:
    """What a call is about, where it is a holding."""

    product: str
    amount: Decimal
    matures_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Record:
    """A customer as the person on the telephone may know them, their actions now, and what each is about."""

    standing: Standing
    name: str
    sex: str
    lifecycle: str
    satisfaction: float | None
    assessed_by: str | None
    locale: str | None
    market: str | None
    professional: bool | None
    balance: Decimal
    held: Mapping[str, Decimal]
    actions: tuple[Action, ...]
    events: Mapping[str, Event]
    holdings: Mapping[str, Holding]
    manager: str | None
    now: dt.datetime
    manager_latin: str | None = None


def read_record(
    pack: Pack,
    place: Path | str,
    customer: str,
    now: dt.datetime,
    history: History | None = None,
    posted: Sequence[Posted] = (),
) -> Record:
    """The record of one customer as of `now` (naive, local), with events that were posted beside the tables.

    Raises UnknownId where there is no such customer.
    """
    database = connect(pack.institution.timezone)
    try:
        history = history or History()
        clock = clock_of(pack, now)
        reading = load(database, place, f"timestamp '{now}'", only=customer)
        if not reading.read["customers"]:
            near = rows(database, "select customer_id from ids limit 5000")
            raise UnknownId("customer", customer, [own for (own,) in near])
        happened = [event_row(one) for one in posted if one["at"] <= now]
        if happened:
            database.executemany(f"insert into events values {EVENT_ROW}", happened)
        # One customer's rows are looked through before a second thread has woken.
        database.execute("set threads = 1")
        opened(database, pack, clock, reading, history.refused)
        who = standings(database, pack, clock, {customer})[customer]
        firings = list(fired(database, pack, clock))
        actions = Policies(pack, clock, history.learned).decide(firings, who, history.past.get(customer, ()))
        return _record(database, pack, who, tuple(actions), now)
    finally:
        database.close()


def _record(
    database: duckdb.DuckDBPyConnection, pack: Pack, who: Standing, actions: tuple[Action, ...], now: dt.datetime
) -> Record:
    name, sex, lifecycle, satisfaction, by, locale, market, professional, balance = rows(
        database, f"select {_COLUMNS} from people"
    )[0]
    held: dict[str, Decimal] = {}
    holdings: dict[str, Holding] = {}
    query = "select product_id, amount, matures_on from holdings order by matures_on desc nulls last"
    for product, amount, matures_on in rows(database, query):
        held[product] = held.get(product, Decimal()) + (amount or 0)
        holdings[product] = Holding(product, amount or Decimal(), matures_on)
    events = {
        own: Event(own, kind, at, amount)
        for own, kind, at, amount in rows(database, 'select event_id, kind, "at", amount from causes')
    }
    managers = {own: names for own, *names in rows(database, "select rm_id, name, name_latin from managers")}
    manager, latin = managers.get(who.manager, (who.manager, None))
    return Record(
        who,
        name or "",
        sex or "",
        lifecycle or "",
        satisfaction,
        by,
        locale,
        market,
        professional,
        balance or Decimal(),
        held,
        actions,
        events,
        holdings,
        manager,
        now,
        latin,
    )
