"""The databases that the desk's suites run over: each test has one of its own, empty or as a copy of another."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import create_engine, text

from tests.contract.postgres import binaries, served

KINDS = ("sqlite", "postgresql")
REQUIRED = "TEST_POSTGRES"
"""Where it is set, a missing PostgreSQL fails the tests; else its half of the suites is left out, and said to be."""


class Databases(Protocol):
    """Makes databases. A copy is of one that nobody has open."""

    def empty(self, folder: Path) -> str: ...
    def copy(self, url: str, folder: Path) -> str: ...


class SqliteFiles:
    """A file a database."""

    def empty(self, folder: Path) -> str:
        """The URL of a file that is not there yet."""
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'copydesk.db'}"

    def copy(self, url: str, folder: Path) -> str:
        """Another file with the same in it."""
        made = self.empty(folder)
        shutil.copy(url.removeprefix("sqlite:///"), made.removeprefix("sqlite:///"))
        return made


class PostgresDatabases:
    """Databases on one server."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._names = (f"t{os.getpid()}_{number}" for number in itertools.count())

    def empty(self, folder: Path) -> str:
        """A new database."""
        return self._made("template0")

    def copy(self, url: str, folder: Path) -> str:
        """A new database with the same in it."""
        return self._made(url.split("@/")[1].split("?")[0])

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg://desk@/{name}?host={self._socket}"

    def _made(self, template: str) -> str:
        name = next(self._names)
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
        engine.dispose()
        return self.url(name)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresDatabases]:
    """Databases on a PostgreSQL that all workers of a run share."""
    missing = [name for name, there in (("a server", binaries()), ("psycopg", find_spec("psycopg"))) if not there]
    if missing:
        assert not os.environ.get(REQUIRED), f"PostgreSQL: {' and '.join(missing)} is missing"
        pytest.skip(f"PostgreSQL: {' and '.join(missing)} is missing")
    shared = tmp_path_factory.getbasetemp()
    with served(shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared) as socket:
        yield PostgresDatabases(socket)


@pytest.fixture(scope="module", params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Every database that the desk keeps its book in, one after the other."""
    if request.param == "sqlite":
        return SqliteFiles()
    found: PostgresDatabases = request.getfixturevalue("postgres")
    return found


@pytest.fixture
def url(databases: Databases, tmp_path: Path) -> str:
    """The address of an empty database."""
    return databases.empty(tmp_path / "database")
