"""Runs, cells and drafts in the database: each cell and its drafts are one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from assistant.domain.brief import Brief, Cell
from assistant.domain.call import Call
from assistant.domain.draft import Kept, Variant, Written
from assistant.errors import UnknownId
from assistant.store.database import Database
from assistant.store.near import near
from assistant.store.once import put_all_once, put_once
from assistant.store.schema import calls, cells, drafts, runs

_LATEST, _ENOUGH = 5, 200
"""Runs and calls by which the model's pace is judged."""


class DraftStore:
    """Keeps what was written. A cell is written once; a second `put` of it changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, run: str, brief: Brief, pack_version: str, writer: str, maker: str | None = None) -> None:
        """Note that a run began and who asked for it, unless it is known."""
        with self._database.begin() as connection:
            row = {"id": run, "campaign": brief.campaign, "pack_version": pack_version, "writer": writer}
            told = {"brief": brief.model_dump(mode="json"), "begun_at": dt.datetime.now(dt.UTC), "maker": maker}
            put_once(connection, runs, row | told)

    def put(self, run: str, written: Written) -> None:
        """Keep a cell and its drafts."""
        key = written.cell.key
        with self._database.begin() as connection:
            row = {"run": run, "key": key, "cell": written.cell.model_dump(), "offer": written.offer}
            row |= {name: getattr(written, name) for name in ("status", "why", "evidence", "faults")}
            if not put_once(connection, cells, row):
                return
            _keep_calls(connection, run, key, written.calls)
            rows = [
                {**variant.model_dump(mode="json"), "run": run, "cell": key, "position": position}
                for position, variant in enumerate(written.variants)
            ]
            if rows:
                connection.execute(drafts.insert(), rows)

    def finished(self, run: str) -> dict[str, Written]:
        """The cells of a run that need no more writing, by key; failed ones are written anew."""
        with self._database.begin() as connection:
            failed = select(cells.c.key).where(cells.c.run == run, cells.c.status == "failed")
            connection.execute(drafts.delete().where(drafts.c.run == run, drafts.c.cell.in_(failed)))
            connection.execute(calls.delete().where(calls.c.run == run, calls.c.cell.in_(failed)))
            connection.execute(cells.delete().where(cells.c.run == run, cells.c.status == "failed"))
            return _cells(connection, run)

    def cells(self, run: str) -> dict[str, Written] | None:
        """Every cell of a run as it stands, failed ones too; None where there is no such run."""
        with self._database.reading() as connection:
            if connection.execute(select(runs.c.id).where(runs.c.id == run)).first() is None:
                return None
            return _cells(connection, run)

    def progress(self, run: str) -> tuple[dict[str, int], bool]:
        """How many cells of a run there are by status, and whether it is complete."""
        query = select(cells.c.status, func.count()).where(cells.c.run == run).group_by(cells.c.status)
        with self._database.reading() as connection:
            ended = connection.execute(select(runs.c.ended_at).where(runs.c.id == run)).scalar()
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}, ended is not None

    def kept(self, draft: str) -> Kept:
        """A draft with its run, its cell and the texts beside it. Raises UnknownId for a draft that is not kept."""
        query = (
            select(drafts, cells.c.cell.label("made_for"), runs.c.brief)
            .join(cells, (cells.c.run == drafts.c.run) & (cells.c.key == drafts.c.cell))
            .join(runs, runs.c.id == drafts.c.run)
            .where(drafts.c.id == draft)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                raise _unknown(connection, draft)
            current = (drafts.c.run == row["run"]) & drafts.c.replaced_by.is_(None)
            beside = select(drafts.c.text).where(current, drafts.c.cell == row["cell"])
            return Kept(
                variant=_variant(row),
                run=row["run"],
                cell=Cell.model_validate(row["made_for"]),
                brief=Brief.model_validate(row["brief"]),
                texts=[one.text for one in connection.execute(beside)],
            )

    def put_beside(self, kept: Kept, variant: Variant, made: Sequence[Call]) -> Variant:
        """Keep another variant in a kept draft's cell, with the calls that it comes from; the old one stays.

        It gets the next place and an id by that. A text that stands in the cell already is given back as it is kept.
        """
        run, cell = kept.run, kept.cell.key
        own = (drafts.c.run == run) & (drafts.c.cell == cell)
        current = own & drafts.c.replaced_by.is_(None)
        with self._database.begin() as connection:
            same = connection.execute(select(drafts).where(current, drafts.c.text == variant.text)).mappings().first()
            if same is not None:
                return _variant(same)
            place = connection.execute(select(func.max(drafts.c.position)).where(own)).scalar_one() + 1
            named = hashlib.sha256(f"{run}|{cell}|beside|{place}".encode()).hexdigest()[:12]
            fresh = variant.model_copy(update={"id": named})
            _keep_calls(connection, run, cell, made)
            values = {**fresh.model_dump(mode="json"), "run": run, "cell": cell, "position": place}
            connection.execute(drafts.insert(), [values])
        return fresh

    def call_of(self, draft: str) -> Call | None:
        """The model's call that a draft comes from; None where a person or the phrase writer wrote it.

        Raises UnknownId for a draft that is not kept.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(drafts.c.call).where(drafts.c.id == draft)).first()
            if row is None:
                raise _unknown(connection, draft)
            made = connection.execute(select(calls.c.call).where(calls.c.id == row.call)).first()
            return Call.model_validate(made.call) if made else None

    def pace(self) -> float | None:
        """Tokens a second that one of the model's calls gave out in the newest runs; None where no model wrote them."""
        newest = select(runs.c.id).order_by(runs.c.begun_at.desc()).limit(_LATEST)
        with self._database.reading() as connection:
            found = [row.id for row in connection.execute(newest)]
            query = select(calls.c.call).where(calls.c.run.in_(found)).limit(_ENOUGH)
            made = [Call.model_validate(row.call) for row in connection.execute(query)]
        spent = sum(call.latency_s for call in made)
        return sum(call.tokens_out for call in made) / spent if spent else None

    def end(self, run: str) -> None:
        """Note that a run is complete."""
        with self._database.begin() as connection:
            connection.execute(runs.update().where(runs.c.id == run).values(ended_at=dt.datetime.now(dt.UTC)))

    def count(self) -> dict[str, int]:
        """How many runs, cells and drafts there are."""
        with self._database.reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (runs, cells, drafts)
            }


def _unknown(connection: Connection, draft: str) -> UnknownId:
    return UnknownId("draft", draft, near(connection, drafts.c.id, draft))


def _keep_calls(connection: Connection, run: str, cell: str, made: Sequence[Call]) -> None:
    now = dt.datetime.now(dt.UTC)
    told = [(call.id, call.model_dump(mode="json", by_alias=True)) for call in made]
    rows = [{"id": id, "run": run, "cell": cell, "made_at": now, "call": call} for id, call in told]
    put_all_once(connection, calls, rows)


def _variant(row: RowMapping) -> Variant:
    return Variant.model_validate({name: row[name] for name in Variant.model_fields})


def _cells(connection: Connection, run: str) -> dict[str, Written]:
    found = connection.execute(select(cells).where(cells.c.run == run)).mappings().all()
    by_cell, made = _drafts_by_cell(connection, run), _calls_by_cell(connection, run)
    return {row["key"]: _written(row, by_cell.get(row["key"], []), made.get(row["key"], [])) for row in found}


def _calls_by_cell(connection: Connection, run: str) -> dict[str, list[Call]]:
    found: dict[str, list[Call]] = {}
    for row in connection.execute(select(calls).where(calls.c.run == run).order_by(calls.c.made_at)).mappings():
        found.setdefault(row["cell"], []).append(Call.model_validate(row["call"]))
    return found


def _drafts_by_cell(connection: Connection, run: str) -> dict[str, list[Variant]]:
    current = (drafts.c.run == run) & drafts.c.replaced_by.is_(None)
    query = select(drafts).where(current).order_by(drafts.c.cell, drafts.c.position)
    found: dict[str, list[Variant]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["cell"], []).append(_variant(row))
    return found


def _written(row: Any, variants: list[Variant], made: list[Call]) -> Written:
    return Written(
        cell=Cell.model_validate(row["cell"]),
        status=row["status"],
        why=row["why"],
        offer=row["offer"],
        evidence=row["evidence"],
        faults=row["faults"],
        calls=made,
        variants=variants,
    )
