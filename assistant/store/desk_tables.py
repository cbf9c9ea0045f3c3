"""The tables of the desk: texts under decision, what was decided, the audit."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from assistant.store.moment import Moment
from assistant.store.schema import metadata

packages = Table(
    "packages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("campaign", String(64), nullable=False),
    Column("maker", String(64), nullable=False),
    Column("criterion", String(32), nullable=False),
    Column("made_at", Moment, nullable=False),
)

# A draft that nobody has submitted or changed has no row: its state is `draft`.
items = Table(
    "items",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("draft", String(32), nullable=False),
    Column("run", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("campaign", String(64), nullable=False),
    Column("segment", String(40), nullable=False),
    Column("age", String(16), nullable=False),
    Column("channel", String(24), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("market", String(16), nullable=False),
    Column("makers", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", String(32), nullable=False),
    Column("knowledge", String(32), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("package", String(32)),
    Column("wave", String(40), nullable=False),
    Column("changed_by", String(64), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("held_by", String(64)),
    Column("held_until", Moment),
    Index("items_in_queue", "state", "changed_at", "id"),
    Index("items_by_package", "package"),
    Index("items_by_cell", "run", "key"),
    Index("items_by_draft", "draft"),
    Index("items_by_audience", "state", "campaign", "segment", "age", "channel"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("item", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("target", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("comment", Text, nullable=False),
    Column("content", String(32), nullable=False),
    Column("knowledge", String(32), nullable=False),
    Column("undoes", String(32)),
    Index("decisions_by_item", "item", "version"),
    Index("decisions_by_day", "act", "at"),
)

# `at` is text: what is hashed must come back as it was to the last digit, from any database.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_subject", "subject", "seq"),
)

# One row: writers queue for it, so that the chain has one end.
chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# Sentences of a package that a person has read and passed, by their equivalence class.
passed = Table(
    "passed",
    metadata,
    Column("package", String(32), primary_key=True),
    Column("sentence", String(32), primary_key=True),
    Column("by", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

# What was answered to a request with an idempotency key; no status yet: it is being answered.
replies = Table(
    "replies",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("status", Integer),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
