"""The tables of changes of the knowledge, and of briefs."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from assistant.store.moment import Moment
from assistant.store.schema import metadata

proposals = Table(
    "proposals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("section", String(40), nullable=False),
    Column("entry", String(160), nullable=False),
    Column("file", String(200), nullable=False),
    Column("line", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("digest", String(16), nullable=False),
    Column("base", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("outdated", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("touches", JSON, nullable=False),
    Column("by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("decided_by", String(64)),
    Column("decided_at", Moment),
    Column("reason", String(40), nullable=False),
    Column("comment", Text, nullable=False),
    Column("took", String(32)),
    Column("taken_at", Moment),
    Index("proposals_of_entry", "section", "entry", "made_at"),
    Index("proposals_by_state", "state", "made_at", "id"),
)

briefs = Table(
    "briefs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("campaign", String(64), nullable=False),
    Column("brief", JSON, nullable=False),
    Column("estimate", JSON, nullable=False),
    Column("maker", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("run", String(32)),
    Index("briefs_by_day", "made_at", "id"),
)
