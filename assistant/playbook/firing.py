"""Triggers as SQL: one query a trigger over what happened, each row a firing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import duckdb

from assistant.domain.pack import Pack
from assistant.domain.trigger import Trigger
from assistant.playbook.database import Clock

GROUPS = {
    # what a measure is counted by beside the customer: the event's column, and the cause's that it is joined by
    "that_day": ("day", "e.day"),
    "that_type": ("product_type", "e.product_type"),
    "that_device": ("device_id", "e.device_id"),
    "that_address": ("address", "e.address"),
}


@dataclass(frozen=True, slots=True)
class Firing:
    """A trigger that fired for a customer: its cause, when that lay (local), the money at stake, what it was about."""

    trigger: str
    customer: str
    cause: str
    at: dt.datetime
    value: float
    event: str | None
    holding: str | None


PAST = {
    # the tables of what is counted by customer alone: of whose events
    "past": "happened",
    "past_of_causes": "happened semi join causes using (customer_id)",
    "past_of_asked": "happened semi join asked using (customer_id)",
}


def measure(
    database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, triggers: Iterable[Trigger] | None = None
) -> None:
    """The tables of the measures that the triggers name, those of the pack or some.

    What a condition on customers or holdings names is counted for everybody; what one on events names, for those alone
    who have a cause.
    """
    wanted: dict[str, set[str]] = {}
    for trigger in pack.triggers.values() if triggers is None else triggers:
        for name, own in named(_words(trigger)):
            table = past_of(trigger) if name == "past" else name
            wanted.setdefault(table, set()).add(own)
    # Where most customers have a cause, one pass over all is less work than two.
    if {"past", "past_of_causes"} <= set(wanted) and _most_have_a_cause(database):
        wanted["past"] |= wanted.pop("past_of_causes")
        database.execute(measured(pack, clock, "past", wanted.pop("past")))
        database.execute("create view past_of_causes as from past")
    for table, names in wanted.items():
        database.execute(measured(pack, clock, table, names))


def _most_have_a_cause(database: duckdb.DuckDBPyConnection) -> bool:
    query = "select (select count(distinct hash(customer_id)) from causes) * 3 > (select count(*) from people)"
    return bool(database.execute(query).fetchall()[0][0])


def past_of(trigger: Trigger) -> str:
    """The table in which a trigger finds what it calls the past."""
    return "past_of_causes" if trigger.on == "event" else "past"


def named(words: str) -> set[tuple[str, str]]:
    """The measures that an expression names: table and id."""
    return set(re.findall(rf"\b(past|{'|'.join(GROUPS)})\.(\w+)", words))


def measured(pack: Pack, clock: Clock, table: str, names: Collection[str]) -> str:
    """The statement that makes one table of measures."""
    kind, source = ("past", PAST[table]) if table in PAST else (table, "")
    columns = ["customer_id"] if kind == "past" else ["customer_id", GROUPS[kind][0]]
    own = [one for one in pack.measures.values() if one.per == kind and one.id in names]
    counted = [f"{clock.said(one.sql)} as {one.id}" for one in own]
    keys = ", ".join(columns)
    # Only days, devices and addresses of a cause are looked up.
    source = source or f"happened semi join causes using ({keys})"
    temporary = "or replace temp " if table == "past_of_asked" else ""
    return f"create {temporary}table {table} as select {', '.join([*columns, *counted])} from {source} group by {keys}"


def fired(
    database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, triggers: Iterable[Trigger] | None = None
) -> Iterator[Firing]:
    """Every firing of the pack's triggers, or of some, one row a cause, in order of trigger, customer and cause."""
    for trigger in pack.triggers.values() if triggers is None else triggers:
        for row in database.execute(query(trigger, clock)).fetchall():
            yield Firing(trigger.id, *row)


def query(trigger: Trigger, clock: Clock) -> str:
    """The SELECT of a trigger: customer, cause, moment, value, event, holding."""
    said = clock.said
    now, since = f"timestamp '{clock.now}'", f"timestamp '{clock.since}'"
    moment = said(trigger.moment) or ("e.at" if trigger.on == "event" else now)
    where = [f"({said(trigger.when)})"]
    if trigger.events:
        where.append(f"e.kind in ({', '.join(repr(kind) for kind in trigger.events)})")
    if trigger.moment:
        where.append(f"({moment}) > {since} and ({moment}) <= {now}")
    if trigger.within is not None:
        where.append(f"({moment}) >= {now} - interval {int(trigger.within.total_seconds())} second")
    cause = said(trigger.cause) or {"event": "e.event_id", "holding": "h.product_id", "customer": "''"}[trigger.on]
    about = "arg_max(e.event_id, e.at)" if trigger.on == "event" else "null"
    held = "any_value(h.product_id)" if trigger.on == "holding" else "null"
    return f"""
        select c.customer_id, ({cause})::varchar as cause, max({moment}) as moment,
            max(coalesce(({said(trigger.value)})::double, 0)) as value, {about} as event, {held} as holding
        from {_sources(trigger)}
        where {" and ".join(where)}
        group by 1, 2 order by 1, 2"""


def _sources(trigger: Trigger) -> str:
    base = {
        "event": "causes e join people c using (customer_id)",
        "holding": "held h join people c using (customer_id)",
        "customer": "people c",
    }[trigger.on]
    joins, names = [base], {name for name, _ in named(_words(trigger))}
    if "past" in names:
        joins.append(f"left join {past_of(trigger)} past on past.customer_id = c.customer_id")
    for name, (column, key) in GROUPS.items():
        if name in names:
            joins.append(f"left join {name} on {name}.customer_id = c.customer_id and {name}.{column} = {key}")
    return " ".join(joins)


def _words(trigger: Trigger) -> str:
    return " ".join((trigger.when, trigger.cause, trigger.moment, trigger.value))
