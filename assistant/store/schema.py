"""The tables. Migrations in `migrations/` bring an older database here."""

from __future__ import annotations

from sqlalchemy import JSON, Column, DateTime, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

from assistant.store.moment import Stamp

metadata = MetaData()
FOUND = "verdict <> 'pass'"
"""Texts that a rule objects to: few, so that they have an index of their own."""

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("campaign", String(64), nullable=False),
    Column("brief", JSON, nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("writer", String(200), nullable=False),
    Column("maker", String(64)),
    Column("begun_at", Stamp, nullable=False),
    Column("ended_at", Stamp),
    Index("runs_by_day", "begun_at"),
)

cells = Table(
    "cells",
    metadata,
    Column("run", String(32), ForeignKey("runs.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("cell", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("offer", String(64)),
    Column("evidence", JSON, nullable=False),
    Column("faults", JSON, nullable=False),
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("run", String(32), nullable=False),
    Column("cell", String(200), nullable=False),
    Column("made_at", Stamp, nullable=False),
    Column("call", JSON, nullable=False),
    Index("calls_by_cell", "run", "cell"),
)

knowledge = Table(
    "knowledge",
    metadata,
    Column("version", String(32), primary_key=True),
    Column("kept_at", Stamp, nullable=False),
    Column("content", JSON, nullable=False),
)

recalled = Table(
    "recalled",
    metadata,
    Column("draft", String(32), primary_key=True),
    Column("knowledge", String(32), nullable=False),
    Column("recalled_at", Stamp, nullable=False),
    Column("why", JSON, nullable=False),
    Column("mend", String(8), nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("run", String(32), nullable=False),
    Column("cell", String(200), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("angle", String(32), nullable=False),
    Column("writer", String(200), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("findings", JSON, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("call", String(32), nullable=False),
    Column("replaced_by", String(32)),
    Index("drafts_by_cell", "run", "cell"),
    Index("drafts_found", "run", sqlite_where=text(FOUND), postgresql_where=text(FOUND)),
)

# Times of actions, outcomes and events are the institution's own, without a zone.
actions = Table(
    "actions",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("trigger", String(40), nullable=False),
    Column("customer", String(64), nullable=False),
    Column("owner", String(24), nullable=False),
    Column("manager", String(64)),
    Column("kind", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("fired_at", DateTime, nullable=False),
    Column("due_at", DateTime, nullable=False),
    Column("score", Float, nullable=False),
    Column("body", JSON, nullable=False),
    Index("actions_by_customer", "customer"),
    Index("actions_in_queue", "state", "manager", "due_at"),
    Index("actions_by_day", "owner", "due_at", "state", "manager"),
)

scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("as_of", DateTime, nullable=False),
    Column("knowledge", String(32), nullable=False),
    Column("found", Integer, nullable=False),
    Column("ended_at", Stamp, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", String(16), nullable=False),
    Column("customer", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("trigger", String(40), nullable=False),
    Column("segment", String(40), nullable=False),
    Column("age", String(16), nullable=False),
    Index("outcomes_by_customer", "customer"),
    Index("outcomes_by_action", "action", "at"),
)

posted = Table(
    "posted",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("customer", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("body", JSON, nullable=False),
    Index("posted_by_customer", "customer"),
)
