"""What PostgreSQL says when it cannot serve is told with the mend, and without the password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from assistant.errors import InputError, StoreError
from assistant.store.database import Database
from assistant.store.drafts import DraftStore
from assistant.store.faults import told
from tests.contract.databases import PostgresDatabases

ADDRESS = "postgresql+psycopg://desk:s3cret@db.bank.example:5433/copydesk"


def test_a_server_that_is_not_there_is_told_without_its_password(postgres: PostgresDatabases) -> None:
    with pytest.raises(StoreError, match=r"copydesk on .* cannot be reached: .* Start it") as refused:
        Database("postgresql+psycopg://desk:s3cret@/copydesk?host=/nonexistent")
    assert "s3cret" not in str(refused.value)


def test_a_driver_that_is_not_installed_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"needs psycopg, which is not installed.*copydesk\[postgres\]"):
        Database(ADDRESS)


def test_a_database_that_is_not_there_is_named(postgres: PostgresDatabases) -> None:
    with pytest.raises(StoreError, match=r'database "nosuch" does not exist'):
        Database(postgres.url("nosuch"))


def test_a_sign_that_the_database_cannot_keep_is_the_givers_fault(postgres: PostgresDatabases, tmp_path: Path) -> None:
    database = Database(postgres.empty(tmp_path))
    with pytest.raises(InputError, match="cannot keep a value"):
        DraftStore(database).call_of("a\x00b")
    with pytest.raises(InputError, match="too long"), database.begin() as connection:
        connection.execute(text("INSERT INTO chain VALUES (1, 0, repeat('x', 65))"))
    database.close()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "The disk of copydesk on db.bank.example:5433 is full"),
        ("53300", "has no connection left"),
        ("40P01", "is locked by another process"),
        ("25006", "cannot be written"),
        ("XX000", "refused: it said this"),
    ],
)
def test_each_class_of_fault_has_its_own_mend(state: str, words: str) -> None:
    class Said(Exception):
        """What a driver raises."""

        sqlstate = state

    error = told(OperationalError("select 1", {}, Said("it said this\nand more")), ADDRESS)
    assert words in str(error) and "s3cret" not in str(error) and "and more" not in str(error)
