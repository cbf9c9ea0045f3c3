"""Texts under decision and their packages, for those who look; and the book, for those who decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, func, select

from assistant.domain.item import STATES, Decision, Item
from assistant.errors import UnknownId
from assistant.store.book import Book, item_of
from assistant.store.database import Database
from assistant.store.desk_tables import decisions, items, packages, passed
from assistant.store.near import near
from assistant.store.newest import newest
from assistant.store.schema import cells, drafts, runs

_CHUNK = 500


class DeskStore:
    """Opens the book for a change; reads it for those who look."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def book(self) -> Iterator[Book]:
        """One transaction. Whatever is refused in it leaves nothing behind."""
        with self._database.begin() as connection:
            yield Book(connection)

    def rows(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The current text of items with its cell, offer and brief, by the item's id. Raises UnknownId."""
        found: dict[str, Mapping[str, Any]] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                part = list(ids[start : start + _CHUNK])
                query = select(items.c.id, items.c.draft).where(items.c.id.in_(part))
                moved = {row.id: row.draft for row in connection.execute(query)}
                current = {moved.get(own, own): own for own in part}
                texts = (
                    select(drafts, cells.c.cell.label("made_for"), cells.c.offer, runs.c.brief, runs.c.pack_version)
                    .join(cells, (cells.c.run == drafts.c.run) & (cells.c.key == drafts.c.cell))
                    .join(runs, runs.c.id == drafts.c.run)
                    .where(drafts.c.id.in_(list(current)))
                )
                found |= {current[row.id]: dict(row._mapping) for row in connection.execute(texts)}
            for own in ids:
                if own not in found:
                    raise UnknownId("text", own, near(connection, drafts.c.id, own))
        return found

    def chosen(self, ids: Collection[str] = (), **where: str | tuple[str, ...]) -> list[Item]:
        """Items by id in the order given, or all that columns name; both where both are. A column may have one of
        several values. Raises UnknownId."""
        query = select(items).where(*_named(where)).order_by(items.c.id)
        wanted = list(dict.fromkeys(ids))
        with self._database.reading() as connection:
            if not wanted:
                return [item_of(row) for row in connection.execute(query)]
            found: dict[str, Item] = {}
            for start in range(0, len(wanted), _CHUNK):
                part = query.where(items.c.id.in_(wanted[start : start + _CHUNK]))
                found |= {row.id: item_of(row) for row in connection.execute(part)}
            known = select(items.c.id).limit(50)
            for own in wanted:
                if own not in found and not where:
                    raise UnknownId("text", own, [row.id for row in connection.execute(known)])
        return [found[own] for own in wanted if own in found]

    def some(self, most: int, **where: str | tuple[str, ...]) -> list[Item]:
        """Items that columns name, so many of them at most, by id."""
        query = select(items).where(*_named(where)).order_by(items.c.id).limit(most)
        with self._database.reading() as connection:
            return [item_of(row) for row in connection.execute(query)]

    def campaigns(self, **where: str | tuple[str, ...]) -> set[str]:
        """The campaigns that have an item by these columns."""
        query = select(items.c.campaign).where(*_named(where)).distinct()
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def standing(self, ids: Sequence[str]) -> dict[str, Item]:
        """Items by their present text, of those among these drafts that somebody has touched."""
        found: dict[str, Item] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                query = select(items).where(items.c.draft.in_(ids[start : start + _CHUNK]))
                found |= {row.draft: item_of(row) for row in connection.execute(query)}
        return found

    def of_drafts(self, ids: Sequence[str]) -> list[str]:
        """The items that have one of these drafts as their text and that somebody has touched."""
        found: list[str] = []
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                query = select(items.c.id).where(items.c.draft.in_(ids[start : start + _CHUNK]))
                found += [row.id for row in connection.execute(query)]
        return found

    def packages(self, after: str = "", limit: int = 50) -> list[dict[str, Any]]:
        """Packages, the newest first. `after`: the last id of the page before."""
        with self._database.reading() as connection:
            return [dict(row._mapping) for row in newest(connection, packages, after, limit)]

    def package(self, own: str) -> dict[str, Any] | None:
        """One package, without its texts; None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(packages).where(packages.c.id == own)).first()
        return dict(row._mapping) if row else None

    def states_of(self, packages: Collection[str]) -> dict[str, dict[str, int]]:
        """How many texts of each package are in each state."""
        query = (
            select(items.c.package, items.c.state, func.count())
            .where(items.c.package.in_(packages))
            .group_by(items.c.package, items.c.state)
        )
        found: dict[str, dict[str, int]] = {own: {} for own in packages}
        with self._database.reading() as connection:
            for package, state, count in connection.execute(query):
                found[package][state] = count
        return found

    def how_many(self, state: str, most: int) -> int:
        """How many texts are in a state, counted no further than `most`: a million are not counted for a headline."""
        some = select(items.c.id).where(items.c.state == state).limit(most).subquery()
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(some)).scalar_one()

    def read_by(self, package: str, person: str) -> set[str]:
        """The sentences of a package that a person has passed."""
        query = select(passed.c.sentence).where(passed.c.package == package, passed.c.by == person)
        with self._database.reading() as connection:
            return {row.sentence for row in connection.execute(query)}

    def decisions(self, item: str) -> list[Decision]:
        """Every decision on an item, oldest first."""
        query = select(decisions).where(decisions.c.item == item).order_by(decisions.c.version)
        with self._database.reading() as connection:
            return [Decision.model_validate(dict(row._mapping)) for row in connection.execute(query)]

    def listed(self, *, state: str | None = None, after: str = "", limit: int = 50, **where: str) -> list[Item]:
        """Items by the day of their last change, oldest first. `after`: the last id of the page before."""
        query = select(items).order_by(items.c.changed_at, items.c.id).limit(limit)
        for column, value in where.items():
            query = query.where(items.c[column] == value)
        with self._database.reading() as connection:
            if after:
                mark = connection.execute(select(items.c.changed_at).where(items.c.id == after)).scalar()
                if mark is not None:
                    later = (items.c.changed_at > mark) | ((items.c.changed_at == mark) & (items.c.id > after))
                    query = query.where(items.c.changed_at >= mark, later)
            if state is None and "package" in where:
                return [item_of(row) for row in connection.execute(query)]
            # Each state's queue is in order in an index, all of them together are in none.
            states = STATES if state is None else (state,)
            found = [row for one in states for row in connection.execute(query.where(items.c.state == one))]
        return [item_of(row) for row in sorted(found, key=lambda row: (row.changed_at, row.id))[:limit]]


def _named(where: Mapping[str, str | tuple[str, ...]]) -> Iterator[ColumnElement[bool]]:
    for column, value in where.items():
        yield items.c[column] == value if isinstance(value, str) else items.c[column].in_(value)
