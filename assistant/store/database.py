"""Opening the database: WAL for SQLite, foreign errors mapped, the schema brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.errors import FileError, SettingsError, StoreError
from assistant.store.faults import place_of, told
from assistant.store.once import alone

HEAD = "0010"
"""The newest migration; a database that says so needs none."""


class Database:
    """One engine. `begin()` is a transaction whose errors are StoreErrors with a mend."""

    def __init__(self, url: str, busy_seconds: float = 10.0) -> None:
        self.url = url
        self._busy_seconds = busy_seconds
        # SQLite lets one write at a time, and has who comes meanwhile look again and again without any order: of many,
        # some never find it free. Here they queue, as far as they are of one process.
        self._turn = Lock() if url.startswith("sqlite") else None
        self._engine = _engine(url, busy_seconds)
        try:
            _migrate(self._engine, url)
        except SQLAlchemyError as error:
            raise told(error, url) from error

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction; committed at its end, rolled back where it raises."""
        if self._turn is not None and not self._turn.acquire(timeout=self._busy_seconds):
            what = f"The database {place_of(self.url)} is busy: too many write to it at once."
            raise StoreError(what, "Try again in a moment; a desk of many needs PostgreSQL.")
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise told(error, self.url) from error
        finally:
            if self._turn is not None:
                self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only looks: it waits for no writer, and none waits for it."""
        try:
            with self._engine.connect().execution_options(copydesk_reads=True) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise told(error, self.url) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def ping(self) -> None:
        """Whether a change could be made now: StoreError where not."""
        with self.begin() as connection:
            connection.execute(text("select version_num from alembic_version"))


def _migrate(engine: Engine, url: str) -> None:
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        version = text("select version_num from alembic_version")
        if "alembic_version" in tables and connection.execute(version).scalar() == HEAD:
            return
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        alone(connection, "migrate")
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            what = f"The database {place_of(url)} was made by a newer Copydesk ({error})."
            raise StoreError(what, "Install that one, or restore a backup.") from error


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file whose folder is made; FileError where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "Name another folder in COPYDESK_HOME, or make this one writable."
        raise FileError(f"The folder {path.parent} cannot be written ({error.strerror}).", mend) from error
    return f"sqlite:///{path}"


def _engine(url: str, busy_seconds: float) -> Engine:
    try:
        if url.startswith("sqlite"):
            return _sqlite(url, busy_seconds)
        if not url.startswith("postgresql"):
            raise SettingsError("The database is neither SQLite nor PostgreSQL.", "Mend COPYDESK_DATABASE_URL.")
        return _postgresql(url, busy_seconds)
    except ImportError as error:
        what = f"The database needs {error.name}, which is not installed."
        raise SettingsError(what, "Install 'copydesk[postgres]' and write postgresql+psycopg://…") from error
    except ArgumentError as error:
        # The words of these errors repeat the URL, and with it a password.
        what = f"COPYDESK_DATABASE_URL is no address of a database that is known here ({type(error).__name__})."
        raise SettingsError(
            what, "Write it as postgresql+psycopg://USER@HOST/NAME, with its driver installed."
        ) from None


def _postgresql(url: str, busy_seconds: float) -> Engine:
    # What must not happen twice is held by row locks, which read committed needs and which never have to be retried.
    engine = create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(busy_seconds * 1000)}")
        connection.commit()

    return engine


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        _into_wal(connection, monotonic() + busy_seconds)
        for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("copydesk_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _into_wal(connection: sqlite3.Connection, until: float) -> None:
    """Switch a database to its write-ahead log, once.

    SQLite waits for no other at this switch as it does at a write: who finds another in it waits for the turn to
    write instead, then looks again.
    """
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
