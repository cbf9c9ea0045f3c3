"""How often customers were spoken to lately, beside what the contact policy allows. Nothing of any one is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.playbook.database import connect, local, rows
from assistant.playbook.origins import origins
from assistant.playbook.problems import Reading
from assistant.playbook.sizes import told
from assistant.playbook.source import Slice, fill
from assistant.playbook.tables import EVENTS

Told = int | str
"""A number of customers, or `<5`."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Touches over one channel, or over all: customers who had one at least, customers who have had as many as the
    policy allows; None where it sets no limit."""

    touches: Told
    customers: Told
    limit: int | None
    at_limit: Told | None


@dataclass(frozen=True, slots=True)
class Pressure:
    """`customers`: how many there are; `days`: of the policy's window; `spread`: customers by number of touches, the
    last of those who had that many or more."""

    customers: Told
    days: int
    in_all: Pressed
    channels: dict[str, Pressed]
    spread: tuple[Told, ...]


def pressure(pack: Pack, place: Path | str | None, now: dt.datetime) -> Pressure:
    """What the table of events says of the window before `now`. InputError where no customers are named, FileError."""
    if place is None:
        raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
    policy = pack.contact
    window = policy.window if policy else dt.timedelta(days=7)
    database = connect(pack.institution.timezone)
    try:
        everybody = _count(database, Path(place), local(now, pack.institution.timezone), window)
        channels = rows(database, "select channel, n, count(*) from touched group by all order by all")
        spread = dict(rows(database, "select n, count(*) from in_all group by 1 order by 1"))
    finally:
        database.close()
    most = policy.in_all if policy else max(spread, default=0)
    numbers = [everybody - sum(spread.values()), *(spread.get(n, 0) for n in range(1, most))]
    numbers.append(sum(many for n, many in spread.items() if n >= most))
    limits = policy.channels if policy else {}
    by_channel: dict[str, dict[int, int]] = {}
    for channel, touches, many in channels:
        by_channel.setdefault(channel, {})[touches] = many
    return Pressure(
        told(everybody),
        window.days,
        _pressed(spread, policy.in_all if policy else None),
        {own: _pressed(found, limits.get(own)) for own, found in by_channel.items()},
        tuple(told(one) if one else 0 for one in numbers),
    )


def _count(database: duckdb.DuckDBPyConnection, place: Path, now: dt.datetime, window: dt.timedelta) -> int:
    """Fill `touched` (a row a customer and channel) and `in_all` (a row a customer); how many customers there are."""
    found = origins(database, place)
    mine = ("trim(kind::varchar) = 'touch_sent'",)
    chosen = Slice(mine, f"timestamp '{now}'", "true", told=False, whole=False)
    fill(database, "events", EVENTS, found["events"], chosen, Reading())
    who = f"(select distinct trim(customer_id::varchar) as customer_id from {found['customers'].relation})"
    database.execute(
        "create table touched as select customer_id, coalesce(attributes.channel, '') as channel,"
        f" count(distinct event_id) as n from events semi join {who} using (customer_id)"
        f" where \"at\" > timestamp '{now - window}' group by all"
    )
    database.execute("create table in_all as select customer_id, sum(n)::bigint as n from touched group by 1")
    return int(rows(database, f"select count(*) from {who}")[0][0])


def _pressed(spread: dict[int, int], limit: int | None) -> Pressed:
    """`spread`: customers by number of touches."""
    customers, touches = sum(spread.values()), sum(n * many for n, many in spread.items())
    full = None if limit is None else sum(many for n, many in spread.items() if n >= limit)
    # Where the customers are few, their touches would tell of them.
    few = isinstance(told(customers), str)
    return Pressed(told(touches) if few else touches, told(customers), limit, told(full) if full else full)
