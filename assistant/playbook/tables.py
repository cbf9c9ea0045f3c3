"""The three tables that an institution hands over: their columns, types and which of them nothing works without."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

_WORD, _DAY, _TIME, _MONEY, _FLAG, _COUNT = "VARCHAR", "DATE", "TIMESTAMP", "DECIMAL(18,2)", "BOOLEAN", "INTEGER"


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: `columns` with their DuckDB types, `needed` without which it cannot be read, `optional` that may be
    left out without a word, `sound`: conditions over typed columns that a row must keep, by column."""

    columns: Mapping[str, str]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    sound: Mapping[str, str] | None = None


CUSTOMERS = Shape(
    {
        "customer_id": _WORD,
        "name": _WORD,
        "sex": _WORD,
        "birth_date": _DAY,
        "city": _WORD,
        "segment": _WORD,
        "risk_rating": _WORD,
        "risk_assessed_at": _TIME,
        "risk_assessed_by": _WORD,
        "lifecycle": _WORD,
        "demand_balance": _MONEY,
        "total_assets": _MONEY,
        "tags": "VARCHAR[]",
        "preferred_channel": _WORD,
        "marketing_consent": _FLAG,
        "rm_id": _WORD,
        "registered_at": _TIME,
        "opened_at": _TIME,
        "payday": _COUNT,
        "id_expires_on": _DAY,
        "satisfaction": "DOUBLE",
        "risk_light": _WORD,
        "trusted_contact": _WORD,
        "locale": _WORD,
        "market": _WORD,
        "professional": _FLAG,
        "contact_refused": _FLAG,
        "risk_light_reason": _WORD,
    },
    needed=("customer_id",),
    optional=("locale", "market", "professional", "contact_refused", "risk_light_reason"),
    sound={
        "risk_rating": "risk_rating in ('C1', 'C2', 'C3', 'C4', 'C5')",
        "risk_light": "risk_light in ('red', 'amber', 'green')",
        "payday": "payday between 1 and 31",
        "birth_date": "birth_date between date '1900-01-01' and today",
        "satisfaction": "satisfaction between 0 and 10",
    },
)
HOLDINGS = Shape(
    {"customer_id": _WORD, "product_id": _WORD, "amount": _MONEY, "opened_on": _DAY, "matures_on": _DAY},
    needed=("customer_id", "product_id"),
    sound={"amount": "amount >= 0"},
)
EVENTS = Shape(
    {"event_id": _WORD, "customer_id": _WORD, "at": _TIME, "kind": _WORD, "amount": _MONEY, "attributes": "JSON"},
    needed=("event_id", "customer_id", "at", "kind"),
    optional=("amount", "attributes"),
    sound={"amount": "amount >= 0", "at": "at >= timestamp '1970-01-01'"},
)
SHAPES: Mapping[str, Shape] = {"customers": CUSTOMERS, "holdings": HOLDINGS, "events": EVENTS}

ATTRIBUTES: Mapping[str, str] = {
    "account_class": _WORD,
    "counterparty": _WORD,
    "device_id": _WORD,
    "new_device": _FLAG,
    "city": _WORD,
    "product_type": _WORD,
    "page_depth": "DOUBLE",
    "dwell_seconds": "DOUBLE",
    "field": _WORD,
    "score": "DOUBLE",
    "complaint_id": _WORD,
    "activity_id": _WORD,
    "mode": _WORD,
    "referred_customer_id": _WORD,
    "address": _WORD,
    "channel": _WORD,
    "habit_deviation": _WORD,
}
"""Keys of an event's attributes that conditions may name, as columns of `e`."""
PARSED = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in ATTRIBUTES.items())})"
"""How the table of events holds its attributes."""


def parsed(text: str) -> str:
    """The SQL that takes a JSON text apart, into PARSED; what holds nothing is null."""
    return f"try(from_json(nullif(nullif({text}, ''), '{{}}'), '{json.dumps(dict(ATTRIBUTES))}'))"


EVENT_ROW = f"(?, ?, ?, ?, ?, {parsed('?::varchar')})"
"""The values of an event that is put into the table."""
