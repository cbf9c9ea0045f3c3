"""Opening the database: WAL for SQLite, foreign errors mapped, the schema brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from assistant.errors import FileError, SettingsError, StoreError

HEAD = "0007"
"""The newest migration; a database that says so needs none."""


class Database:
    """One engine. `begin()` is a transaction whose errors are StoreErrors with a mend."""

    def __init__(self, url: str, busy_seconds: float = 10.0) -> None:
        self.url = url
        try:
            self._engine = _engine(url, busy_seconds)
            self._migrate()
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            # The words of these errors repeat the URL, and with it a password.
            what = f"COPYDESK_DATABASE_URL is no address of a database that is known here ({type(error).__name__})."
            raise SettingsError(
                what, "Write it as postgresql+psycopg://USER@HOST/NAME, with its driver installed."
            ) from None
        except SQLAlchemyError as error:
            raise _told(error, url) from error

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction; committed at its end, rolled back where it raises."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _told(error, self.url) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only looks: it waits for no writer, and none waits for it."""
        try:
            with self._engine.connect().execution_options(copydesk_reads=True) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _told(error, self.url) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            version = text("select version_num from alembic_version")
            if "alembic_version" in tables and connection.execute(version).scalar() == HEAD:
                return
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file whose folder is made; FileError where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "Name another folder in COPYDESK_HOME, or make this one writable."
        raise FileError(f"The folder {path.parent} cannot be written ({error.strerror}).", mend) from error
    return f"sqlite:///{path}"


def _engine(url: str, busy_seconds: float) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # A database that another process holds answers "locked" to the switch too; it is in WAL then already.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("copydesk_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _told(error: SQLAlchemyError, url: str) -> StoreError | FileError:
    words = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    place = url.removeprefix("sqlite:///") if url.startswith("sqlite") else url.split("@")[-1]
    if "locked" in words or "busy" in words:
        return StoreError(
            f"The database {place} is locked by another process.", "Wait for it or stop it, then try again."
        )
    if "full" in words or "disk I/O" in words:
        return StoreError(f"The disk of {place} is full.", "Free some space, then run the same command: it resumes.")
    if "readonly" in words or "unable to open" in words:
        return FileError(f"The database {place} cannot be written ({words}).", "Check its rights or COPYDESK_HOME.")
    if "not a database" in words or "malformed" in words:
        return StoreError(f"{place} is no usable database ({words}).", "Restore it from a backup or move it away.")
    return StoreError(f"The database {place} refused: {words.splitlines()[0]}.", "Run copydesk doctor.")
