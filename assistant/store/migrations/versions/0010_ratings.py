"""People's blind comparisons of two texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rating_sessions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("rubric", sa.JSON, nullable=False),
        sa.Column("pairs", sa.JSON, nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("repeats", sa.Float, nullable=False),
        sa.Column("gap", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index("rating_sessions_by_day", "rating_sessions", ["made_at", "id"])
    op.create_table(
        "ratings",
        sa.Column("session", sa.String(32), sa.ForeignKey("rating_sessions.id"), primary_key=True),
        sa.Column("rater", sa.String(64), primary_key=True),
        sa.Column("turn", sa.String(32), primary_key=True),
        sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("pair", sa.String(120), nullable=False),
        sa.Column("repeat", sa.Boolean, nullable=False),
        sa.Column("swapped", sa.Boolean, nullable=False),
        sa.Column("choice", sa.Integer, nullable=False),
        sa.Column("better", sa.String(4), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("undone_at", sa.DateTime),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("ratings")
    op.drop_table("rating_sessions")
