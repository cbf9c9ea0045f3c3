"""Exports, what they hold, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "exports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("stand", sa.String(12), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("send_at", sa.DateTime, nullable=False),
        sa.Column("order", sa.JSON, nullable=False),
        sa.Column("experiment", sa.String(32), nullable=False),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("knowledge", sa.String(32), nullable=False),
        sa.Column("ran_at", sa.DateTime),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("exports_due", "exports", ["stand", "send_at"])
    op.create_index("exports_by_experiment", "exports", ["experiment"])
    op.create_table(
        "export_items",
        sa.Column("export", sa.String(32), primary_key=True),
        sa.Column("item", sa.String(32), primary_key=True),
    )
    op.create_index("export_items_by_item", "export_items", ["item"])
    _results()


def _results() -> None:
    counted = ("sent", "exposures", "clicks", "conversions", "retained", "opt_outs")
    op.create_table(
        "results",
        sa.Column("source", sa.String(80), primary_key=True),
        sa.Column("row", sa.String(80), primary_key=True),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("experiment", sa.String(32), nullable=False),
        sa.Column("arm", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Integer) for name in counted),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("results_by_item", "results", ["item"])
    op.create_index("results_by_experiment", "results", ["experiment"])


def downgrade() -> None:
    """Drop them."""
    for table in ("results", "export_items", "exports"):
        op.drop_table(table)
