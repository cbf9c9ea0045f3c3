"""Kept texts are found alike on SQLite and on PostgreSQL: by what they state, and by the recall that holds them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.domain.finding import Claim
from assistant.store.database import Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.kept_texts import KeptTexts
from assistant.store.recalls import RecallStore
from tests.contract.rows import BRIEF, CELL, written

WHY = [{"kind": "fact", "what": "TD_24M.rate", "old": "2.2%", "new": "2.3%"}]


def claim(own: str, key: str = "rate") -> Claim:
    fact = f"products/a.yaml#{own}.{key}@1a2b3c4d"
    return Claim(text="2.2%", start=2, end=6, kind="rate", fact=fact, status="bound")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    drafts = DraftStore(made)
    drafts.begin("r", BRIEF, "v", "w", "mei")
    drafts.put("r", written("d1", "d2", "d3", claims=[claim("TD_24M")]))
    with DeskStore(made).book() as book:
        for own, state in (("d2", "approved"), ("d3", "rejected")):
            item = book.items([own])[own]
            book.put(item.model_copy(update={"version": 1, "state": state, "makers": ("mei", "lin")}))
    yield made
    made.close()


def test_texts_are_found_by_the_fact_that_they_state_in_pages(database: Database) -> None:
    store = KeptTexts(database)
    found = store.stating("TD_24M.rate", 10)
    assert [(one.id, one.state, one.version, one.makers) for one in found] == [
        ("d1", "draft", 0, ("mei",)), ("d2", "approved", 1, ("mei", "lin")), ("d3", "rejected", 1, ("mei", "lin")),
    ]  # fmt: skip
    assert found[0].cell == CELL and found[0].claims == (claim("TD_24M"),) and found[0].frozen is None
    assert [one.draft for one in store.stating("TD_24M.rate", 2)] == ["d1", "d2"]
    assert [one.draft for one in store.stating("TD_24M.rate", 2, after="d2")] == ["d3"]
    assert store.stating("TDx24M.rate", 9) == store.stating("TD_24M.rat", 9) == store.stating("24M.rate", 9) == []


def test_texts_that_a_recall_holds_are_listed_until_they_are_replaced(database: Database) -> None:
    store, recalls = KeptTexts(database), RecallStore(database)
    assert store.held(9) == [] and store.held_count() == {}
    recalls.freeze("v2", [("d1", WHY, "render"), ("d2", WHY, "write"), ("d3", WHY, "write")])
    held = store.held(9)
    assert [one.draft for one in held] == ["d1", "d2"], "nobody will use a text that was rejected"
    frozen = held[0].frozen
    assert frozen is not None and (frozen.knowledge, frozen.mend, frozen.why[0].new) == ("v2", "render", "2.3%")
    assert store.held_count() == {"render": 1, "write": 1}
    assert [one.draft for one in store.held(9, mend="write")] == ["d2"]
    assert [one.draft for one in store.held(1, after="d1")] == ["d2"]
    with DeskStore(database).book() as book:
        book.replace(book.items(["d1"])["d1"], written("d9").variants[0])
    assert [one.draft for one in store.held(9)] == ["d2"]
    assert [one.draft for one in store.stating("TD_24M.rate", 9)] == ["d2", "d3"]
    assert [(one.draft, one.replaced) for one in store.held_by("v2", 9)] == [("d1", True), ("d2", False), ("d3", False)]
    assert store.held_by("v3", 9) == []
    assert {own: one.replaced for own, one in store.of_drafts(["d1", "d2", "none"]).items()} == {
        "d1": True,
        "d2": False,
    }
