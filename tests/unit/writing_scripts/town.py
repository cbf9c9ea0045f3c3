"""Every customer of the sample town with their record, read in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from assistant.domain.pack import Pack
from assistant.playbook.database import clock_of, connect, rows
from assistant.playbook.firing import fired
from assistant.playbook.policies import Policies
from assistant.playbook.record import Event, Holding, Record
from assistant.playbook.scan import opened
from assistant.playbook.source import load
from assistant.playbook.standing import standings
from eval.people.stories import AS_OF
from tests.conftest import BANK

PEOPLE = (
    "customer_id, name, sex, lifecycle, satisfaction, risk_assessed_by, locale, market, professional, demand_balance"
)


def records(pack: Pack, now: dt.datetime = AS_OF) -> Iterator[Record]:
    """A record for each customer for whom something fired, suppressed or not."""
    database = connect(pack.institution.timezone)
    try:
        clock = clock_of(pack, now)
        opened(database, pack, clock, load(database, BANK / "sample", f"timestamp '{now}'"), frozenset())
        firings = sorted(fired(database, pack, clock), key=lambda one: (one.customer, one.trigger, one.cause))
        people = standings(database, pack, clock, {one.customer for one in firings})
        known = {row[0]: row[1:] for row in rows(database, f"select {PEOPLE} from people")}
        events = {
            own: Event(own, kind, at, amount)
            for own, kind, at, amount in rows(database, 'select event_id, kind, "at", amount from causes')
        }
        held: dict[str, dict[str, Holding]] = {}
        for own, product, amount, day in rows(
            database, "select customer_id, product_id, amount, matures_on from holdings"
        ):
            held.setdefault(own, {})[product] = Holding(product, amount, day)
        managers = dict(rows(database, "select rm_id, name from managers"))
        for own, theirs in groupby(firings, key=lambda one: one.customer):
            who, holdings = people[own], held.get(own, {})
            actions = Policies(pack, clock).decide(list(theirs), who)
            sums = {product: one.amount for product, one in holdings.items()}
            *about, professional, balance = known[own]
            yield Record(
                who, *about, professional, balance, sums, tuple(actions), events, holdings,
                managers.get(who.manager, who.manager), now,
            )  # fmt: skip
    finally:
        database.close()
