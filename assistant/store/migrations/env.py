"""Alembic's entry: it migrates over the connection that the database hands in."""

from __future__ import annotations

from alembic import context

from assistant.store import desk_tables, export_tables, people_tables  # noqa: F401
from assistant.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
