"""The calls of a model that drafts come from, and the faults that a cell met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, and the columns that point to it."""
    op.create_table(
        "calls",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("cell", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call", sa.JSON, nullable=False),
    )
    op.create_index("calls_by_cell", "calls", ["run", "cell"])
    op.add_column("drafts", sa.Column("call", sa.String(32), nullable=False, server_default=""))
    op.add_column("cells", sa.Column("faults", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("cells") as cells:
        cells.drop_column("faults")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("call")
    op.drop_index("calls_by_cell")
    op.drop_table("calls")
