"""Every schema that a database may have comes up to today's, and back down."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

import assistant.store
from assistant.domain.pack import Pack
from assistant.errors import StoreError
from assistant.store.database import HEAD, Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.recalls import RecallStore
from tests.contract.racing import at_once
from tests.contract.rows import BRIEF, CELL, NOW, written


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

    from assistant.store import desk_tables, export_tables, knowledge_tables, people_tables, rating_tables  # noqa: F401 - their tables
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
