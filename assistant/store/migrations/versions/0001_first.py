"""The first schema: runs, their cells, the drafts of each cell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("brief", sa.JSON, nullable=False),
        sa.Column("pack_version", sa.String(32), nullable=False),
        sa.Column("writer", sa.String(200), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "cells",
        sa.Column("run", sa.String(32), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("cell", sa.JSON, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("offer", sa.String(64)),
        sa.Column("evidence", sa.JSON, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("cell", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("angle", sa.String(32), nullable=False),
        sa.Column("writer", sa.String(200), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
    )
    op.create_index("drafts_by_cell", "drafts", ["run", "cell"])


def downgrade() -> None:
    """Drop them."""
    for table in ("drafts", "cells", "runs"):
        op.drop_table(table)
