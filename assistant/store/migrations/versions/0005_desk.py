"""Texts under decision, what was decided, the audit and the end of its chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and the columns that say who had a run written and what replaced a text."""
    op.add_column("runs", sa.Column("maker", sa.String(64)))
    op.add_column("drafts", sa.Column("replaced_by", sa.String(32)))
    _texts()
    _records()
    _ends()


def _texts() -> None:
    op.create_table(
        "packages",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("maker", sa.String(64), nullable=False),
        sa.Column("criterion", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("draft", sa.String(32), nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("segment", sa.String(40), nullable=False),
        sa.Column("age", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(24), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("market", sa.String(16), nullable=False),
        sa.Column("makers", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("knowledge", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("package", sa.String(32)),
        sa.Column("wave", sa.String(40), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("held_by", sa.String(64)),
        sa.Column("held_until", sa.DateTime),
    )
    op.create_index("items_in_queue", "items", ["state", "changed_at", "id"])
    op.create_index("items_by_package", "items", ["package"])
    op.create_index("items_by_cell", "items", ["run", "key"])
    op.create_index("items_by_draft", "items", ["draft"])


def _records() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("knowledge", sa.String(32), nullable=False),
        sa.Column("undoes", sa.String(32)),
    )
    op.create_index("decisions_by_item", "decisions", ["item", "version"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("audit_by_subject", "audit", ["subject", "seq"])


def _ends() -> None:
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "passed",
        sa.Column("package", sa.String(32), primary_key=True),
        sa.Column("sentence", sa.String(32), primary_key=True),
        sa.Column("by", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "replies",
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("replies", "passed", "chain", "audit", "decisions", "items", "packages"):
        op.drop_table(table)
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("replaced_by")
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("maker")
