"""What the policies know of the customers for whom something fired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.playbook.database import Clock, rows
from assistant.playbook.firing import measured, named

_COLUMNS = (
    "customer_id, segment, age, risk_rating, risk_assessed_at, assessed, local, preferred_channel,"
    " marketing_consent, tags, rm_id, market, demand_balance"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer as the policies see them. `touches` in the contact window, by channel; `silences`: ids of the states
    that keep sales away."""

    customer: str
    segment: str | None
    age: int | None
    risk: int | None
    assessed_on: dt.date | None
    assessed: bool
    local: bool
    preferred: str | None
    consent: bool
    tags: frozenset[str]
    manager: str | None
    market: str | None
    balance: float
    touches: Mapping[str, int] = field(default_factory=dict)
    silences: tuple[str, ...] = ()
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier action that was not suppressed: what cooldowns and the day's limit look at."""

    action_id: str
    trigger: str
    customer: str
    at: dt.datetime
    kind: str
    score: float
    done: bool


def standings(
    database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, who: Collection[str]
) -> dict[str, Standing]:
    """The customers named, by id."""
    database.execute("create or replace temp table asked(customer_id varchar)")
    database.execute("insert into asked select unnest($1)", [sorted(who)])
    touches, silences, holds = _touches(database, pack, clock), _silences(database, pack, clock), _holds(database)
    found = {}
    for row in rows(database, f"select {_COLUMNS} from people semi join asked using (customer_id)"):
        found[row[0]] = _standing(
            row, touches.get(row[0], {}), silences.get(row[0], ()), holds.get(row[0], frozenset())
        )
    return found


def _standing(
    row: Sequence[Any], touches: Mapping[str, int], silences: tuple[str, ...], holds: frozenset[str]
) -> Standing:
    own, segment, age, rating, assessed_at, assessed, local, preferred, consent, tags, manager, market, balance = row
    return Standing(
        own,
        segment,
        age,
        int(rating[1]) if rating else None,
        assessed_at.date() if assessed_at else None,
        assessed,
        local,
        preferred,
        bool(consent),
        frozenset(tags or ()),
        manager,
        market,
        float(balance or 0),
        touches,
        silences,
        holds,
    )


def _touches(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock) -> dict[str, dict[str, int]]:
    if pack.contact is None:
        return {}
    since = clock.now - pack.contact.window
    query = (
        "select customer_id, coalesce(channel, ''), count(*) from happened semi join asked using (customer_id)"
        f" where kind = 'touch_sent' and \"at\" > timestamp '{since}' group by all"
    )
    found: dict[str, dict[str, int]] = {}
    for own, channel, count in rows(database, query):
        found.setdefault(own, {})[channel] = count
    return found


def silenced(pack: Pack, clock: Clock) -> tuple[str, str]:
    """The states in which sales are silent: the statement that counts what they name, and the query of the states that
    hold, by customer."""
    silences = pack.contact.silences if pack.contact else ()
    states = ", ".join(f"if(({clock.said(one.when)}), '{one.id}', null)" for one in silences)
    names = {own for one in silences for _, own in named(one.when)}
    return measured(pack, clock, "past_of_asked", names), (
        f"select c.customer_id, list_filter([{states or 'null'}]::varchar[], lambda one: one is not null) from people c"
        " semi join asked using (customer_id) left join past_of_asked past on past.customer_id = c.customer_id"
    )


def _silences(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock) -> dict[str, tuple[str, ...]]:
    counting, query = silenced(pack, clock)
    database.execute(counting)
    return {own: tuple(found) for own, found in rows(database, query) if found}


def _holds(database: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    query = "select customer_id, list(distinct product_id) from holdings semi join asked using (customer_id) group by 1"
    return {own: frozenset(found) for own, found in rows(database, query)}
