"""The store keeps its word on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import InputError, Stale, StoreError, UnknownId
from assistant.review.sealing import Sealer
from assistant.store.actions import ActionStore
from assistant.store.audit import AuditStore
from assistant.store.database import Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.recalls import RecallStore
from assistant.store.replies import ReplyStore
from tests.contract.databases import SqliteFiles
from tests.contract.racing import at_once
from tests.contract.rows import BRIEF, CELL, NOW, written
from tests.unit.playbook.test_queue import call

ROUNDS = 4
"""Of a race: the first opens the connections, and those after it run at the same time."""
LONGEST = Person(login="a" * 64, name="A", roles=("marketer",))


def test_a_cell_that_many_write_at_once_is_kept_once(database: Database) -> None:
    store = DraftStore(database)
    came = at_once(8, lambda number: (store.begin("r", BRIEF, "v", "w"), store.put("r", written(f"d{number}"))))
    assert [one for one in came if isinstance(one, Exception)] == []
    assert store.count() == {"runs": 1, "cells": 1, "drafts": 1}


def test_what_was_written_comes_back_as_it_was(database: Database) -> None:
    store = DraftStore(database)
    store.begin("r", BRIEF, "v", "w")
    store.put("r", written("d1", "d2"))
    assert store.cells("r") == {CELL.key: written("d1", "d2")}
    assert store.cells("other") is None


def test_the_longest_writer_has_room(database: Database) -> None:
    store = DraftStore(database)
    name = f"model:{'m' * 150}:write.v1.repair.v1"
    store.begin("r", BRIEF, "v", name)
    store.put("r", written("d1", writer=f"person:{LONGEST.login}"))
    kept = store.cells("r")
    assert kept is not None and kept[CELL.key].variants[0].writer == f"person:{LONGEST.login}"


def test_the_day_that_a_draft_was_made_is_in_utc_whatever_the_sessions_zone(database: Database) -> None:
    store = DraftStore(database)
    store.begin("r", BRIEF, "v", "w")
    store.put("r", written("d1"))
    with DeskStore(database).book() as book:
        made = book.items(["d1"])["d1"].changed_at
    assert made.utcoffset() == dt.timedelta() and abs(made - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1)


def test_an_untouched_draft_that_many_submit_is_touched_by_one_after_the_other(database: Database) -> None:
    store = DraftStore(database)
    store.begin("r", BRIEF, "v", "w")
    store.put("r", written("d1"))

    def touch(number: int) -> str:
        with DeskStore(database).book() as book:
            item = book.items(["d1"])["d1"]
            book.put(item.model_copy(update={"version": item.version + 1, "changed_by": f"p{number}"}))
        return item.state

    came = at_once(8, touch)
    assert [one for one in came if isinstance(one, Exception)] == []
    with DeskStore(database).book() as book:
        assert book.items(["d1"])["d1"].version == 8


def test_people_who_take_the_same_texts_in_other_orders_do_not_wait_for_ever(database: Database) -> None:
    store = DraftStore(database)
    store.begin("r", BRIEF, "v", "w")
    ids = [f"d{number:03d}" for number in range(700)]
    store.put("r", written(*ids))

    with DeskStore(database).book() as book:
        for one in book.items(ids[-100:]).values():
            book.put(one.model_copy(update={"version": 1}))
    asked = (ids, ids[::-1], [ids[0], ids[-1]], [ids[-1], ids[0]])

    def take(number: int) -> int:
        with DeskStore(database).book() as book:
            return len(book.items(asked[number]))

    for _ in range(ROUNDS):
        assert sorted(map(int, at_once(4, take))) == [2, 2, 700, 700]  # type: ignore[call-overload]


def test_the_first_rows_of_the_audit_queue_for_the_end_of_its_chain(database: Database, tmp_path: Path) -> None:
    store = AuditStore(database)
    came = at_once(12, lambda number: store.add(NOW, f"p{number}", "saw", "item:1", {"rate": 2.2, "利率": None}).seq)
    assert sorted(map(int, came)) == list(range(1, 13))  # type: ignore[call-overload]
    found = Sealer(store, tmp_path / "key.pem", tmp_path / "seals.jsonl").verify()
    assert (found.rows, found.fault) == (12, "")


def test_a_key_that_many_claim_is_one_requests(database: Database) -> None:
    store = ReplyStore(database)
    came = at_once(8, lambda _: store.claim("k", "mei", "digest", NOW))
    assert came.count(None) == 1 and not any(isinstance(one, Exception) for one in came)
    store.keep("k", "mei", 201, b"{}")
    reply = store.claim("k", "mei", "digest", NOW)
    assert reply is not None and (reply.status, reply.body) == (201, "{}")


def test_knowledge_that_many_note_is_noted_once(database: Database, bank: Pack) -> None:
    store, known = RecallStore(database), knowledge_of(bank)
    assert at_once(4, lambda _: store.keep(known)) == [None] * 4
    assert store.known(known.version) == known


def test_drafts_that_are_frozen_twice_are_frozen_once(database: Database) -> None:
    store = RecallStore(database)
    rows: list[tuple[str, list[dict[str, str]], str]] = [(f"d{n}", [{"kind": "fact"}], "render") for n in range(700)]
    for _ in range(ROUNDS):
        assert at_once(4, lambda _: store.freeze("v2", rows)) == [None] * 4
    assert store.frozen() == dict.fromkeys((own for own, _, _ in rows), "v2")


def test_an_action_that_many_scans_find_is_new_to_one(database: Database) -> None:
    store = ActionStore(database)
    for turn in range(ROUNDS):
        found = [call(f"c{turn}-{number}", 1, 30) for number in range(20)]
        came = at_once(6, lambda _, found=found: sum(new for _, new in store.merge(found).values()))
        assert sorted(map(int, came)) == [0, 0, 0, 0, 0, 20]
    assert len(store.queue(["RM1"])) == 20 * ROUNDS


def test_an_outcome_that_many_log_at_once_is_kept_once(database: Database) -> None:
    store, at = ActionStore(database), dt.datetime(2026, 11, 23, 17, 30)
    for turn in range(ROUNDS):
        own = f"once-{turn}"
        store.merge([call(own, 1, 30)])
        action = store.action(own)
        came = at_once(6, lambda n, action=action: store.record(action, "no_answer", "", f"p{n}", at, seen=0))
        (by,) = [row["by"] for row in store.outcomes() if row["action"] == own]
        late = [one for one in came if isinstance(one, Stale)]
        assert (len(late), came.count(None)) == (5, 1) and {(one.by, one.version) for one in late} == {(by, 1)}
        store.record(action, "reached", "", "mei", at, seen=1)


def test_a_scan_a_posted_event_and_an_outcome_come_back_as_they_were(database: Database) -> None:
    store, local = ActionStore(database), dt.datetime(2026, 11, 23, 17, 30, 0, 250000)
    assert store.last_scan() is None
    store.keep(local, "v", [call("c1", 1, 30)])
    assert store.last_scan() == local
    event = {"event_id": "e1", "customer_id": "C1", "at": local, "kind": "login", "attributes": {"利率": 2.2}}
    assert store.post([event, event]) == {"e1"} and store.post([event]) == set()
    assert store.posted(["C1"]) == [event]
    store.record(store.action("c1"), "reached", "好", "mei", local)
    assert [(one["outcome"], one["note"], one["at"]) for one in store.outcomes("c1")] == [("reached", "好", local)]
    with pytest.raises(UnknownId, match="There is no action “c2”"):
        store.action("c2")


def test_a_lock_that_is_not_given_up_is_told_with_its_mend(url: str) -> None:
    database, other = Database(url, busy_seconds=0.05), Database(url)
    with other.begin() as held:
        held.execute(text("INSERT INTO chain (id, seq, hash) VALUES (1, 0, '')"))
        with pytest.raises(StoreError, match=r"is locked by another process\. Wait for it"):
            AuditStore(database).add(NOW, "mei", "saw", "item:1", {})
    database.close()
    other.close()


def test_writers_of_one_process_queue_for_sqlite_and_readers_wait_for_nobody(tmp_path: Path) -> None:
    database = Database(SqliteFiles().empty(tmp_path), busy_seconds=0.05)
    with database.begin():
        assert AuditStore(database).head() is None
        with pytest.raises(StoreError, match="busy: too many write to it at once"):
            AuditStore(database).add(NOW, "mei", "saw", "item:1", {})
    assert AuditStore(database).add(NOW, "mei", "saw", "item:1", {}).seq == 1
    database.close()


def test_an_address_of_no_known_database_is_refused_with_its_mend() -> None:
    for address in ("mysql://x", "nonsense"):
        with pytest.raises(InputError, match="COPYDESK_DATABASE_URL"):
            Database(address)


def test_texts_are_counted_by_package_and_state_and_no_further_than_asked(database: Database) -> None:
    store, drafts = DeskStore(database), DraftStore(database)
    drafts.begin("r", BRIEF, "v", "w")
    drafts.put("r", written("d1", "d2", "d3"))
    with store.book() as book:
        book.pack_up("p1", "One", "B1-TERM2Y", "mei", "clicks", NOW)
        for own, state in (("d1", "submitted"), ("d2", "submitted"), ("d3", "approved")):
            book.put(book.items([own])[own].model_copy(update={"state": state, "package": "p1", "version": 1}))
    assert store.states_of(["p1", "p2"]) == {"p1": {"submitted": 2, "approved": 1}, "p2": {}}
    assert [store.how_many("submitted", most) for most in (1, 10)] == [1, 2]
    assert store.campaigns(state=("approved", "released"), channel="sms") == {"B1-TERM2Y"}
    assert store.campaigns(state="released") == set()
    assert [one.id for one in store.some(1, state=("submitted", "approved"))] == ["d1"]
