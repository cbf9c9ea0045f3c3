"""Briefs in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from assistant.domain.kept import KeptBrief
from assistant.errors import UnknownId
from assistant.store.database import Database
from assistant.store.knowledge_tables import briefs
from assistant.store.near import near
from assistant.store.newest import newest


class BriefStore:
    """Keeps briefs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kept: KeptBrief) -> None:
        """Keep a brief as it now is."""
        values = {**kept.model_dump(), "brief": kept.brief.model_dump(mode="json"), "campaign": kept.brief.campaign}
        with self._database.begin() as connection:
            changed = briefs.update().where(briefs.c.id == kept.id).values(**values)
            if connection.execute(changed).rowcount == 0:
                connection.execute(briefs.insert().values(**values))

    def brief(self, own: str) -> KeptBrief:
        """A brief by id. Raises UnknownId."""
        with self._database.reading() as connection:
            row = connection.execute(select(briefs).where(briefs.c.id == own)).first()
            if row is None:
                raise UnknownId("brief", own, near(connection, briefs.c.id, own))
        return _kept(row)

    def listed(self, after: str = "", limit: int = 50) -> list[KeptBrief]:
        """Briefs, the newest first. `after`: the last id of the page before."""
        with self._database.reading() as connection:
            return [_kept(row) for row in newest(connection, briefs, after, limit)]


def _kept(row: Row[Any]) -> KeptBrief:
    told = dict(row._mapping)
    told.pop("campaign")
    return KeptBrief.model_validate(told)
