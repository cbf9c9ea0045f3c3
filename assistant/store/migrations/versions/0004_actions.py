"""The next actions, their outcomes, the scans that found them, the events that were posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actions",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("trigger", sa.String(40), nullable=False),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(24), nullable=False),
        sa.Column("manager", sa.String(64)),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("fired_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("actions_by_customer", "actions", ["customer"])
    op.create_index("actions_in_queue", "actions", ["state", "manager", "due_at"])
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("as_of", sa.DateTime, nullable=False),
        sa.Column("knowledge", sa.String(32), nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("trigger", sa.String(40), nullable=False),
        sa.Column("segment", sa.String(40), nullable=False),
        sa.Column("age", sa.String(16), nullable=False),
    )
    op.create_index("outcomes_by_customer", "outcomes", ["customer"])
    op.create_table(
        "posted",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("customer", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("posted_by_customer", "posted", ["customer"])


def downgrade() -> None:
    """Drop them."""
    for table in ("posted", "outcomes", "scans", "actions"):
        op.drop_table(table)
