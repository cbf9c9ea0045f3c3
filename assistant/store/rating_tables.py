"""The tables of people's blind comparisons."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table

from assistant.store.moment import Moment
from assistant.store.schema import metadata

rating_sessions = Table(
    "rating_sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("rubric", JSON, nullable=False),
    Column("pairs", JSON, nullable=False),
    Column("seed", String(64), nullable=False),
    Column("repeats", Float, nullable=False),
    Column("gap", Integer, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index("rating_sessions_by_day", "made_at", "id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("session", String(32), ForeignKey("rating_sessions.id"), primary_key=True),
    Column("rater", String(64), primary_key=True),
    Column("turn", String(32), primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Column("pair", String(120), nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("swapped", Boolean, nullable=False),
    Column("choice", Integer, nullable=False),
    Column("better", String(4), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)
