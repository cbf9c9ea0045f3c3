"""An open database of each kind, for the suites of the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.store.database import Database


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    yield made
    made.close()
