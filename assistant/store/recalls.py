"""What recall needs of the database: the knowledge of each version, the kept drafts, those that are frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from assistant.domain.knowledge import Knowledge
from assistant.store.database import Database
from assistant.store.once import alone, put_once
from assistant.store.schema import cells, drafts, knowledge, recalled, runs

_CHUNK = 500


class RecallStore:
    """Keeps versions of the knowledge, and freezes drafts that a change touches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, known: Knowledge) -> None:
        """Note what the knowledge is; a version that is noted already stays as it is."""
        with self._database.begin() as connection:
            row = {
                "version": known.version,
                "kept_at": dt.datetime.now(dt.UTC),
                "content": known.model_dump(mode="json"),
            }
            put_once(connection, knowledge, row)

    def known(self, version: str) -> Knowledge | None:
        """The knowledge of a version; None where it was never noted."""
        with self._database.reading() as connection:
            row = connection.execute(select(knowledge.c.content).where(knowledge.c.version == version)).first()
        return Knowledge.model_validate(row[0]) if row else None

    def drafts(self, since: str | None = None) -> Iterator[Mapping[str, Any]]:
        """Every draft that none replaced, with cell, offer, brief and knowledge; of one version only, where named."""
        query = (
            select(drafts, cells.c.cell.label("made_for"), cells.c.offer, runs.c.brief, runs.c.pack_version)
            .join(cells, (cells.c.run == drafts.c.run) & (cells.c.key == drafts.c.cell))
            .join(runs, runs.c.id == drafts.c.run)
            .where(drafts.c.replaced_by.is_(None))
            .order_by(drafts.c.id)
        )
        if since is not None:
            query = query.where(runs.c.pack_version == since)
        with self._database.reading() as connection:
            found = connection.execute(query).mappings().all()
        # The transaction is over before the first row is given: who works with them may ask the database again.
        for row in found:
            yield dict(row)

    def freeze(self, version: str, rows: Sequence[tuple[str, list[dict[str, str]], str]]) -> None:
        """Note drafts (id, why, mend) as recalled by the knowledge of `version`, in one transaction."""
        now = dt.datetime.now(dt.UTC)
        with self._database.begin() as connection:
            alone(connection, "recalled")
            ids = [draft for draft, _, _ in rows]
            for start in range(0, len(ids), _CHUNK):
                connection.execute(recalled.delete().where(recalled.c.draft.in_(ids[start : start + _CHUNK])))
            values = [
                {"draft": draft, "knowledge": version, "recalled_at": now, "why": why, "mend": mend}
                for draft, why, mend in rows
            ]
            if values:
                connection.execute(recalled.insert(), values)

    def frozen(self) -> dict[str, str]:
        """Drafts that are frozen, and the version of the knowledge that froze them."""
        with self._database.reading() as connection:
            rows = connection.execute(select(recalled.c.draft, recalled.c.knowledge))
            return {row.draft: row.knowledge for row in rows}
