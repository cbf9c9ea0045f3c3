"""The desk's book: everything that one decision changes is one transaction, its audit row included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from assistant.domain.brief import Cell
from assistant.domain.draft import Variant
from assistant.domain.item import Decision, Item
from assistant.errors import Refused
from assistant.store.audit import append
from assistant.store.desk_tables import decisions, items, packages, passed
from assistant.store.once import put_all_once
from assistant.store.schema import cells, drafts, runs

_CHUNK = 500


class Book:
    """The desk's book within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def items(self, ids: Sequence[str]) -> dict[str, Item]:
        """Items by their own id or by that of their present text, locked until the transaction is over.

        A draft that nobody has touched is an item in state `draft`. Raises Refused for a text that was replaced.
        """
        # Everybody locks drafts, then items, then the chain's end, each by id: nobody waits for who waits for them. The
        # draft is locked first because an untouched one has no item, and whoever held it before may have made one.
        ordered = sorted(ids)
        parts = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
        for part in parts:
            own = select(drafts.c.id).where(drafts.c.id.in_(part)).order_by(drafts.c.id)
            self._connection.execute(own.with_for_update()).all()
        found: dict[str, Item] = {}
        for part in parts:
            either = items.c.id.in_(part) | items.c.draft.in_(part)
            rows = select(items).where(either).order_by(items.c.id).with_for_update()
            for one in map(item_of, self._connection.execute(rows)):
                found |= {key: one for key in (one.id, one.draft) if key in part}
            found |= {one.id: one for one in self._untouched([key for key in part if key not in found])}
            if gone := [key for key in part if key not in found]:
                raise Refused("state", f"The text {gone[0]} was replaced by another.", "Decide on that one.")
        return found

    def in_package(self, package: str) -> list[Item]:
        """A package's items, locked until the transaction is over."""
        query = select(items).where(items.c.package == package).order_by(items.c.id).with_for_update()
        return [item_of(row) for row in self._connection.execute(query)]

    def put(self, item: Item) -> None:
        """Keep an item as it is now; it grew by one version."""
        values = row_of(item)
        changed = items.update().where(items.c.id == item.id, items.c.version == item.version - 1).values(**values)
        if self._connection.execute(changed).rowcount == 0:
            self._connection.execute(items.insert().values(**values))

    def hold(self, item: str, by: str | None, until: dt.datetime | None) -> None:
        """Note who has taken an item, or that nobody has; it is no change of the item."""
        self._connection.execute(items.update().where(items.c.id == item).values(held_by=by, held_until=until))

    def note(self, decision: Decision, body: Mapping[str, Any]) -> None:
        """Keep a decision and its row of the audit."""
        self._connection.execute(decisions.insert().values(**decision.model_dump()))
        self.audit(decision.at, decision.by, decision.act, f"item:{decision.item}", body)

    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None:
        """Add a row to the audit."""
        append(self._connection, at, who, act, subject, body)

    def last(self, item: str) -> Decision | None:
        """The last decision on an item."""
        query = select(decisions).where(decisions.c.item == item).order_by(decisions.c.version.desc()).limit(1)
        row = self._connection.execute(query).first()
        return Decision.model_validate(dict(row._mapping)) if row else None

    def replace(self, item: Item, variant: Variant) -> None:
        """Keep a changed text beside the ones before it."""
        position = select(func.max(drafts.c.position)).where(drafts.c.run == item.run, drafts.c.cell == item.cell.key)
        place = (self._connection.execute(position).scalar() or 0) + 1
        row = {**variant.model_dump(mode="json"), "run": item.run, "cell": item.cell.key, "position": place}
        self._connection.execute(drafts.insert().values(**row))
        self._connection.execute(drafts.update().where(drafts.c.id == item.draft).values(replaced_by=variant.id))

    def read(self, package: str, sentences: Collection[str], by: str, at: dt.datetime) -> frozenset[str]:
        """Note sentences of a package that a person has passed; returns all that they have."""
        query = select(passed.c.sentence).where(passed.c.package == package, passed.c.by == by)
        known = {row.sentence for row in self._connection.execute(query)}
        rows = [{"package": package, "sentence": one, "by": by, "at": at} for one in sorted({*sentences} - known)]
        put_all_once(self._connection, passed, rows)
        return frozenset(known.union(sentences))

    def pack_up(self, own: str, name: str, campaign: str, maker: str, criterion: str, at: dt.datetime) -> None:
        """Keep a package of several waves."""
        row = {"id": own, "name": name, "campaign": campaign, "maker": maker, "criterion": criterion, "made_at": at}
        self._connection.execute(packages.insert().values(**row))

    def _untouched(self, ids: Sequence[str]) -> Iterator[Item]:
        query = (
            select(drafts, cells.c.cell.label("made_for"), runs.c.maker, runs.c.pack_version, runs.c.begun_at)
            .join(cells, (cells.c.run == drafts.c.run) & (cells.c.key == drafts.c.cell))
            .join(runs, runs.c.id == drafts.c.run)
            .where(drafts.c.id.in_(ids), drafts.c.replaced_by.is_(None))
        )
        for row in self._connection.execute(query) if ids else ():
            yield Item(
                id=row.id,
                draft=row.id,
                run=row.run,
                cell=Cell.model_validate(row.made_for),
                makers=(row.maker,) if row.maker else (),
                state="draft",
                version=0,
                content="",
                knowledge=row.pack_version,
                verdict=row.verdict,
                changed_by=row.maker or "",
                changed_at=row.begun_at,
            )


def item_of(row: Row[Any]) -> Item:
    told = dict(row._mapping)
    names = ("campaign", "segment", "age", "channel", "locale", "market")
    cell = Cell.model_validate({name: told.pop(name) for name in names})
    told.pop("key")
    return Item.model_validate({**told, "cell": cell})


def row_of(item: Item) -> dict[str, Any]:
    told = item.model_dump(exclude={"cell"})
    return {**told, **item.cell.model_dump(), "key": item.cell.key, "makers": list(item.makers)}
