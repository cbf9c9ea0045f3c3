"""The store keeps its word on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

import assistant.store
from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import InputError, StoreError, UnknownId
from assistant.review.sealing import Sealer
from assistant.store.actions import ActionStore
from assistant.store.audit import AuditStore
from assistant.store.database import HEAD, Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.recalls import RecallStore
from assistant.store.replies import ReplyStore
from tests.contract.databases import SqliteFiles
from tests.unit.playbook.test_queue import call

NOW = dt.datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=dt.UTC)
ROUNDS = 4
"""Of a race: the first opens the connections, and those after it run at the same time."""
CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="35-44", channel="sms", locale="zh-Hans", market="cn")
LONGEST = Person(login="a" * 64, name="A", roles=("marketer",))
BRIEF = Brief(
    campaign="B1-TERM2Y", segments=("salary",), ages=("35-44",), channels=("sms",), locales=("zh-Hans",),
    send_on=dt.date(2026, 11, 23),
)  # fmt: skip


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    yield made
    made.close()


def written(*ids: str, **more: Any) -> Written:
    """A cell with drafts of these ids."""
    drafts = [
        Variant(
            id=own, text="利率2.2%", template="利率{product:TD-24M.rate}", angle="gain", writer="phrases",
            verdict="pass", findings=[], claims=[],
        ).model_copy(update=more)
        for own in ids
    ]  # fmt: skip
    return Written(cell=CELL, status="written", why="", variants=drafts)


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """What came of an act that so many did at the same time; an exception is what came of it, too."""
    came: list[object] = []
    ready = threading.Barrier(count)

    def run(number: int) -> None:
        ready.wait()
        try:
            came.append(act(number))
        except Exception as error:  # noqa: BLE001 - what failed is what the test asks about
            came.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


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


def migrated(url: str, to: str) -> None:
    """Bring a database up or down to a revision, as an operator would by hand."""
    config = Config()
    config.set_main_option("script_location", str(Path(assistant.store.__file__).with_name("migrations")))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move = command.downgrade if to == "base" else command.upgrade
        move(config, to)
    engine.dispose()


def test_a_database_of_the_first_schema_comes_up_and_works(url: str, bank: Pack) -> None:
    migrated(url, "0001")
    engine, one = create_engine(url), written("old1")
    with engine.begin() as connection:
        cell, brief = CELL.model_dump_json(), BRIEF.model_dump_json()
        put = connection.execute
        put(text("INSERT INTO runs VALUES ('r', 'B1-TERM2Y', :b, 'v0', 'phrases', :t, NULL)"), {"b": brief, "t": NOW})
        put(text("INSERT INTO cells VALUES ('r', :k, :c, 'written', '', 'TD-24M', '[]')"), {"k": CELL.key, "c": cell})
        draft = "INSERT INTO drafts VALUES ('old1', 'r', :k, 0, :t, :s, 'gain', 'phrases', 'pass', '[]', '[]')"
        put(text(draft), {"k": CELL.key, "t": one.variants[0].text, "s": one.variants[0].template})
    engine.dispose()

    database = Database(url)
    kept = DraftStore(database).cells("r")
    assert kept is not None and kept[CELL.key].variants == one.variants and kept[CELL.key].faults == []
    with DeskStore(database).book() as book:
        item = book.items(["old1"])["old1"]
        assert (item.state, item.makers, item.changed_at) == ("draft", (), NOW)
        book.put(item.model_copy(update={"version": 1, "state": "submitted", "makers": ("mei",)}))
        book.audit(NOW, "mei", "submit", "item:old1", {})
    assert [one.id for one in DeskStore(database).listed(state="submitted")] == ["old1"]
    assert [row["id"] for row in RecallStore(database).drafts()] == ["old1"]
    database.close()


def test_every_migration_goes_down_again(url: str) -> None:
    Database(url).close()
    migrated(url, "base")
    engine = create_engine(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    Database(url).close()


def test_a_schema_that_is_migrated_is_the_one_that_the_code_describes(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from assistant.store import desk_tables, export_tables, knowledge_tables, people_tables  # noqa: F401 - their tables
    from assistant.store.schema import metadata

    with database.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_many_that_start_on_an_empty_database_make_its_schema_once(url: str) -> None:
    came = at_once(4, lambda _: Database(url).close())
    assert came == [None] * 4


def test_a_database_of_a_newer_copydesk_is_refused_with_its_mend(url: str) -> None:
    database = Database(url)
    with database.begin() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar() == HEAD
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"made by a newer Copydesk.*Install that one"):
        Database(url)


def test_an_address_of_no_known_database_is_refused_with_its_mend() -> None:
    for address in ("mysql://x", "nonsense"):
        with pytest.raises(InputError, match="COPYDESK_DATABASE_URL"):
            Database(address)
