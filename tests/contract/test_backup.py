"""A backup that was taken while the desk worked is a desk again, and the audit says what came after it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import InputError
from assistant.review.sealing import Sealer
from assistant.store.audit import AuditStore
from assistant.store.database import Database
from tests.conftest import ROOT
from tests.contract.databases import PostgresDatabases
from tests.contract.postgres import binaries

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty desk's folder, which the commands take for theirs."""
    monkeypatch.chdir(tmp_path)
    for name in [one for one in os.environ if one.startswith("COPYDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def decide(database: Database, count: int) -> None:
    for number in range(count):
        AuditStore(database).add(NOW, "mei", "approve", f"item:{number}", {"利率": 2.2})


def sealer(database: Database, home: Path) -> Sealer:
    return Sealer(AuditStore(database), home / "keys" / "audit.pem", home / "seals" / "audit.jsonl")


def working(home: Path) -> Database:
    """A desk with ten decisions, six of them sealed."""
    home.mkdir()
    database = Database(f"sqlite:///{home / 'copydesk.db'}")
    decide(database, 6)
    sealer(database, home).seal(NOW)
    decide(database, 4)
    return database


def run(*arguments: str) -> int:
    return main(list(arguments))


def test_what_is_backed_up_comes_back_and_verifies(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    working(home).close()
    assert run("backup", "kept") == 0
    shutil.rmtree(home)
    assert run("restore", "kept") == 0
    assert "10 row(s) of the audit verified, 4 not yet sealed" in capsys.readouterr().err
    assert run("audit", "verify") == 0
    assert (home / "keys" / "audit.pem").stat().st_mode & 0o077 == 0


def test_what_was_decided_after_the_backup_is_told_as_missing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = working(home)
    assert run("backup", "kept") == 0
    decide(database, 5)
    sealer(database, home).seal(NOW)
    database.close()
    for one in home.glob("copydesk.db*"):
        one.unlink()
    assert run("restore", "kept") == 1
    assert "row 11 is missing: rows up to 15 were sealed" in capsys.readouterr().err
    assert run("audit", "verify") == 1


def test_a_backup_beside_a_desk_that_writes_is_whole(home: Path) -> None:
    database, stop = working(home), threading.Event()

    def write() -> None:
        while not stop.is_set():
            decide(database, 1)
            sealer(database, home).seal(NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        codes = [run("backup", f"kept{number}") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    database.close()
    assert codes == [0, 0, 0]
    for number in range(3):
        shutil.rmtree(home)
        assert run("restore", f"kept{number}") == 0


def test_a_backup_is_never_written_over_another(home: Path) -> None:
    working(home).close()
    assert run("backup", "kept") == 0 and run("backup", "kept") == 2


def test_a_desk_that_is_there_is_not_overwritten(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    working(home).close()
    run("backup", "kept")
    assert run("restore", "kept") == 2 and "move it away" in capsys.readouterr().err
    (home / "copydesk.db").rename(home / "copydesk.db-wal")
    assert run("restore", "kept") == 2 and "copydesk.db-wal already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["copydesk.db", "seals/audit.jsonl"])
def test_a_backup_that_was_changed_is_refused(home: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    working(home).close()
    run("backup", "kept")
    shutil.rmtree(home)
    with Path("kept", name).open("ab") as file:
        file.write(b"x")
    assert run("restore", "kept") == 2 and "is not what was backed up" in capsys.readouterr().err
    assert not (home / "copydesk.db").exists()


def test_what_is_no_backup_is_refused(home: Path, tmp_path: Path) -> None:
    assert run("restore", str(tmp_path)) == 2
    assert run("backup", "kept") == 2


def test_a_book_in_postgresql_is_left_to_its_own_tools(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.bootstrap.desk import Desk
    from assistant.commands.backups import book_of
    from assistant.settings import Settings

    with pytest.raises(InputError, match=r"docs/operations\.md"):
        book_of(Desk(Settings(database_url="postgresql+psycopg://desk@db/copydesk")))


def test_the_commands_for_postgresql_bring_everything_back(
    home: Path, tmp_path: Path, postgres: PostgresDatabases
) -> None:
    """What docs/operations.md says, run as it stands there."""
    source, target = postgres.empty(tmp_path), postgres.empty(tmp_path)
    database = Database(source)
    decide(database, 6)
    sealer(database, home).seal(NOW)
    decide(database, 4)
    commands = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    bin = binaries()
    assert bin is not None
    for marker, url in (("pg_dump", source), ("pg_restore", target)):
        (line,) = [line for line in commands.splitlines() if line.startswith(f"{marker} ")]
        plain = url.replace("postgresql+psycopg", "postgresql")
        subprocess.run(["sh", "-euc", f"{bin}/{line}"], env={**os.environ, "URL": plain}, check=True)
        decide(database, 1) if marker == "pg_dump" else None
    sealer(database, home).seal(NOW)
    database.close()
    restored = Database(target)
    found = sealer(restored, home).verify()
    assert found.rows == 10 and "row 11 is missing: rows up to 11 were sealed" in found.fault
    decide(restored, 1)
    restored.close()
