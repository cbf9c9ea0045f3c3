"""A run is looked at the same on SQLite and on PostgreSQL: its texts without their words, then a page of those."""

from __future__ import annotations

import pytest

from assistant.domain.brief import Cell
from assistant.domain.call import Call
from assistant.domain.draft import Written
from assistant.errors import UnknownId
from assistant.store.database import Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.runs import RunStore
from tests.contract.rows import BRIEF, CELL, written

OTHER = CELL.model_copy(update={"age": "65+"})


def begun(database: Database, *cells: Written) -> DraftStore:
    """A run of these cells."""
    store = DraftStore(database)
    store.begin("r", BRIEF, "v", "w", "mei")
    for one in cells:
        store.put("r", one)
    return store


def empty(cell: Cell) -> Written:
    return Written(cell=cell, status="failed", why="no clauses", variants=[])


def test_every_present_text_of_a_run_is_named_with_its_cell_and_a_cell_without_one_too(database: Database) -> None:
    begun(database, written("d1", "d2"), empty(OTHER))
    runs = RunStore(database)
    found = sorted((one.draft or "", one.cell.age, one.status, one.verdict, one.why) for one in runs.places("r"))
    assert found == [
        ("", "65+", "failed", None, "no clauses"),
        ("d1", "35-44", "written", "pass", ""),
        ("d2", "35-44", "written", "pass", ""),
    ]
    assert runs.places("other") == [] and runs.brief("r") == BRIEF and runs.makers("r") == ("mei",)
    assert runs.makers("other") == ()
    with pytest.raises(UnknownId, match="run"):
        runs.brief("other")


def test_a_text_that_was_replaced_is_there_once_under_the_item_s_own_id(database: Database) -> None:
    begun(database, written("d1", "d2"))
    desk, runs = DeskStore(database), RunStore(database)
    [fresh] = written("e1").variants
    with desk.book() as book:
        item = book.items(["d1"])["d1"]
        book.replace(item, fresh)
        book.put(item.model_copy(update={"draft": "e1", "version": 1}))
    assert sorted(one.draft or "" for one in runs.places("r")) == ["d2", "e1"]
    assert {draft: one.id for draft, one in desk.standing(["d1", "d2", "e1"]).items()} == {"e1": "d1"}
    assert list(runs.variants(["e1", "nosuch"])) == ["e1"] and runs.variants([]) == {}


def test_the_model_s_pace_is_that_of_its_calls_and_none_where_none_was_made(database: Database) -> None:
    store = begun(database, written("d1"))
    assert store.pace() is None
    told = {"kind": "write", "model": "m", "prompt": "p", "knowledge": "v", "messages": [], "schema": {}, "answer": {}}
    calls = [Call.model_validate({**told, "id": f"c{n}", "tokens_out": 100, "latency_s": 2.0}) for n in range(2)]
    store.put("r", written("d2").model_copy(update={"cell": OTHER, "calls": calls}))
    assert store.pace() == 50.0
