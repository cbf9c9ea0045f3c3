"""Kept texts in the database by what they state, and those that a recall holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, select

from assistant.domain.brief import Cell
from assistant.domain.finding import Claim
from assistant.domain.kept import Frozen, KeptText
from assistant.store.database import Database
from assistant.store.desk_tables import items
from assistant.store.schema import cells, drafts, recalled, runs

OVER = ("rejected", "retired", "expired")
"""States of texts that nobody will use: a recall has nothing to hold there."""
_STATE = func.coalesce(items.c.state, "draft")
_JOINED = (
    drafts.join(runs, runs.c.id == drafts.c.run)
    .join(cells, (cells.c.run == drafts.c.run) & (cells.c.key == drafts.c.cell))
    .outerjoin(items, items.c.draft == drafts.c.id)
    .outerjoin(recalled, recalled.c.draft == drafts.c.id)
)
_HELD = (drafts.c.replaced_by.is_(None), recalled.c.draft.is_not(None), _STATE.not_in(OVER))


class KeptTexts:
    """Reads texts for those who look. Every answer is bounded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stating(self, fact: str, limit: int, after: str = "") -> list[KeptText]:
        """Current texts that state a fact (`TD-24M.rate`), whatever its version, by the draft's id."""
        cites = cast(drafts.c.claims, String).contains(f"#{fact}@", autoescape=True)
        return self._read(_rows(drafts.c.replaced_by.is_(None), cites, drafts.c.id > after).limit(limit))

    def of_drafts(self, ids: Sequence[str]) -> dict[str, KeptText]:
        """Some drafts by id, those that were replaced included; at most 500 are read."""
        found = self._read(_rows(drafts.c.id.in_(list(ids[:500]))))
        return {one.draft: one for one in found}

    def held(self, limit: int, after: str = "", mend: str | None = None) -> list[KeptText]:
        """Current texts that a recall holds, by the draft's id."""
        chosen = () if mend is None else (recalled.c.mend == mend,)
        return self._read(_rows(*_HELD, drafts.c.id > after, *chosen).limit(limit))

    def held_by(self, knowledge: str, limit: int) -> list[KeptText]:
        """Texts that the knowledge of a version froze, mended or not."""
        return self._read(_rows(recalled.c.knowledge == knowledge).limit(limit))

    def held_count(self) -> dict[str, int]:
        """How many texts a recall holds, by what mends them."""
        counted = select(recalled.c.mend, func.count()).select_from(_JOINED).where(*_HELD).group_by(recalled.c.mend)
        with self._database.reading() as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(counted)}

    def _read(self, query: Select[Any]) -> list[KeptText]:
        with self._database.reading() as connection:
            return [_kept(row) for row in connection.execute(query)]


def _rows(*where: ColumnElement[bool]) -> Select[Any]:
    columns = (
        drafts.c.id.label("draft"), drafts.c.text, drafts.c.claims, drafts.c.replaced_by, cells.c.cell, runs.c.maker,
        items.c.id.label("item"), items.c.makers, items.c.version, _STATE.label("state"),
        recalled.c.knowledge, recalled.c.why, recalled.c.mend,
    )  # fmt: skip
    return select(*columns).select_from(_JOINED).where(*where).order_by(drafts.c.id)


def _kept(row: Row[Any]) -> KeptText:
    frozen = None if row.mend is None else Frozen(knowledge=row.knowledge, why=row.why, mend=row.mend)
    return KeptText(
        id=row.item or row.draft,
        draft=row.draft,
        text=row.text,
        cell=Cell.model_validate(row.cell),
        claims=tuple(Claim.model_validate(one) for one in row.claims),
        state=row.state,
        version=row.version or 0,
        makers=tuple(row.makers or ([row.maker] if row.maker else ())),
        replaced=row.replaced_by is not None,
        frozen=frozen,
    )
