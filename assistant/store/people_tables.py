"""The tables of those who work at the desk: accounts, sessions, tokens."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from assistant.store.moment import Moment
from assistant.store.schema import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("manager", String(64)),
    Column("team", String(64)),
    Column("secret", String(200)),
    Column("identity", String(400), unique=True),
    Column("disabled", Boolean, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("made_at", Moment, nullable=False),
    Index("accounts_by_team", "team"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(64), nullable=False),
    Column("how", String(16), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Index("sessions_by_login", "login"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("login", String(64), nullable=False),
    Column("name", String(80), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("seen_at", Moment),
    Column("revoked_at", Moment),
    Index("tokens_by_login", "login"),
)
