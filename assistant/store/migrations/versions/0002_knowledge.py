"""What the knowledge was at each version, and which drafts a change has frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "knowledge",
        sa.Column("version", sa.String(32), primary_key=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "recalled",
        sa.Column("draft", sa.String(32), primary_key=True),
        sa.Column("knowledge", sa.String(32), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.JSON, nullable=False),
        sa.Column("mend", sa.String(8), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("recalled", "knowledge"):
        op.drop_table(table)
