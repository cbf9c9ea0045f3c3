"""The tables of exports and of results."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from assistant.store.moment import Moment
from assistant.store.schema import metadata

exports = Table(
    "exports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("stand", String(12), nullable=False),
    Column("by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("send_at", Moment, nullable=False),
    Column("order", JSON, nullable=False),
    Column("experiment", String(32), nullable=False),
    Column("file", String(400), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("counts", JSON, nullable=False),
    Column("knowledge", String(32), nullable=False),
    Column("ran_at", Moment),
    Column("why", Text, nullable=False),
    Index("exports_due", "stand", "send_at"),
    Index("exports_by_experiment", "experiment"),
)

export_items = Table(
    "export_items",
    metadata,
    Column("export", String(32), primary_key=True),
    Column("item", String(32), primary_key=True),
    Index("export_items_by_item", "item"),
)

# What came of what was sent, as the campaign system counts it: no row speaks of one customer. What it does not count
# is null.
results = Table(
    "results",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("row", String(80), primary_key=True),
    Column("item", String(32), nullable=False),
    Column("experiment", String(32), nullable=False),
    Column("arm", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("sent", Integer),
    Column("exposures", Integer),
    Column("clicks", Integer),
    Column("conversions", Integer),
    Column("retained", Integer),
    Column("opt_outs", Integer),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("results_by_item", "item"),
    Index("results_by_experiment", "experiment"),
    Index("results_by_day", "day"),
)
