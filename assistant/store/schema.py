"""The tables. Migrations in `migrations/` bring an older database here."""

from __future__ import annotations

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("campaign", String(64), nullable=False),
    Column("brief", JSON, nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("writer", String(64), nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
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
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("call", JSON, nullable=False),
    Index("calls_by_cell", "run", "cell"),
)

knowledge = Table(
    "knowledge",
    metadata,
    Column("version", String(32), primary_key=True),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    Column("content", JSON, nullable=False),
)

recalled = Table(
    "recalled",
    metadata,
    Column("draft", String(32), primary_key=True),
    Column("knowledge", String(32), nullable=False),
    Column("recalled_at", DateTime(timezone=True), nullable=False),
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
    Column("writer", String(64), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("findings", JSON, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("call", String(32), nullable=False),
    Index("drafts_by_cell", "run", "cell"),
)
