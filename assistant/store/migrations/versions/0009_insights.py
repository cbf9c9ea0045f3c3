"""Ways into the tables by day and by audience, for those who count what happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_INDEXES = (
    ("runs_by_day", "runs", ["begun_at"]),
    ("decisions_by_day", "decisions", ["act", "at"]),
    ("items_by_audience", "items", ["state", "campaign", "segment", "age", "channel"]),
    ("actions_by_day", "actions", ["owner", "due_at", "state", "manager"]),
    ("outcomes_by_action", "outcomes", ["action", "at"]),
    ("results_by_day", "results", ["day"]),
)
_FOUND = sa.text("verdict <> 'pass'")


def upgrade() -> None:
    """Make the indexes."""
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    op.create_index("drafts_found", "drafts", ["run"], sqlite_where=_FOUND, postgresql_where=_FOUND)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("drafts_found", table_name="drafts")
    for name, table, _columns in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
