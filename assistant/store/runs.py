"""Runs as they are looked at: which cells and texts there are, a page of the texts themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Status, Variant
from assistant.domain.finding import Verdict
from assistant.errors import UnknownId
from assistant.store.database import Database
from assistant.store.schema import cells, drafts, runs

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a run with one of its present texts, without the words; `draft` and `verdict` are None where the cell
    has no text."""

    cell: Cell
    status: Status
    why: str
    draft: str | None
    verdict: Verdict | None
    position: int

    @classmethod
    def of(cls, cell: Mapping[str, Any], variant: Variant, position: int) -> Place:
        """The place of one text, its cell as the store tells it."""
        return cls(Cell.model_validate(cell), "written", "", variant.id, variant.verdict, position)


class RunStore:
    """Reads runs. A run of thousands of texts is looked at without reading them all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def brief(self, run: str) -> Brief:
        """What a run was asked for. Raises UnknownId."""
        with self._database.reading() as connection:
            row = connection.execute(select(runs.c.brief).where(runs.c.id == run)).first()
        if row is None:
            raise UnknownId("run", run, [])
        return Brief.model_validate(row.brief)

    def makers(self, run: str) -> tuple[str, ...]:
        """Who had a run written, and so made its texts; nobody where it is not known."""
        with self._database.reading() as connection:
            maker = connection.execute(select(runs.c.maker).where(runs.c.id == run)).scalar()
        return (maker,) if maker else ()

    def places(self, run: str) -> list[Place]:
        """Every finished cell of a run, once for each of its texts that no other has replaced; in no order."""
        own = (drafts.c.run == cells.c.run) & (drafts.c.cell == cells.c.key) & drafts.c.replaced_by.is_(None)
        query = (
            select(cells.c.cell, cells.c.status, cells.c.why, drafts.c.id, drafts.c.verdict, drafts.c.position)
            .select_from(cells.outerjoin(drafts, own))
            .where(cells.c.run == run)
        )
        with self._database.reading() as connection:
            return [
                Place(Cell.model_validate(row.cell), row.status, row.why, row.id, row.verdict, row.position or 0)
                for row in connection.execute(query)
            ]

    def variants(self, ids: Sequence[str]) -> dict[str, Variant]:
        """Texts by their id; those that are not kept are left out."""
        found: dict[str, Variant] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                query = select(drafts).where(drafts.c.id.in_(ids[start : start + _CHUNK]))
                for row in connection.execute(query).mappings():
                    found[row["id"]] = Variant.model_validate({name: row[name] for name in Variant.model_fields})
        return found
