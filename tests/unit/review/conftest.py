"""A desk that has written some drafts, over each database."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.pack import Pack
from assistant.settings import FILE, read_settings
from tests.contract.databases import Databases
from tests.unit.review.moves import desk_over


@pytest.fixture(scope="module")
def home(bank: Pack, engine: CheckEngine, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk that has written some drafts, over each database."""
    folder = tmp_path_factory.mktemp("desk") / "home"
    _settle(folder, databases.empty(folder))
    desk = desk_over(folder, bank, engine)
    brief = Brief(
        campaign="B1-TERM2Y",
        segments=("salary",),
        ages=("35-44", "65+"),
        channels=("sms", "email"),
        locales=("zh-Hans", "en"),
        send_on=dt.date(2026, 11, 23),
    )
    asyncio.run(_drain(desk.matrix.write(brief)))
    desk.database.close()
    return desk.settings.home


@pytest.fixture
def written(home: Path, bank: Pack, engine: CheckEngine, databases: Databases, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own with these drafts."""
    source = read_settings({}, home).database_url
    assert source is not None
    _settle(tmp_path / "home", databases.copy(source, tmp_path / "home"))
    desk = desk_over(tmp_path / "home", bank, engine)
    yield desk
    desk.database.close()


def _settle(home: Path, url: str) -> None:
    """Write down in a desk's folder where its database is."""
    home.mkdir(parents=True, exist_ok=True)
    (home / FILE).write_text(f"database_url = {json.dumps(url)}\n")


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass
