"""Those who work at the desk: accounts, sessions, tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("login", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("manager", sa.String(64)),
        sa.Column("team", sa.String(64)),
        sa.Column("secret", sa.String(200)),
        sa.Column("identity", sa.String(400), unique=True),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_index("accounts_by_team", "accounts", ["team"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )
    op.create_index("sessions_by_login", "sessions", ["login"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_index("tokens_by_login", "tokens", ["login"])
    _managers()


def _managers() -> None:
    """Whose customer an action is about stood in a column only where the call was theirs to make."""
    actions = sa.table("actions", sa.column("manager", sa.String), sa.column("body", sa.JSON))
    named = actions.c.body["manager"].as_string()
    op.execute(actions.update().where(actions.c.manager.is_(None)).values(manager=named))


def downgrade() -> None:
    """Drop them."""
    for table in ("tokens", "sessions", "accounts"):
        op.drop_table(table)
