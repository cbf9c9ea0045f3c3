"""A desk with a small copy of the bank's knowledge and the texts of two campaigns, some of them reviewed."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack
from tests.commanding import Command, commanding
from tests.conftest import BANK
from tests.contract.databases import SqliteFiles
from tests.unit.harvest.reviewing import Review
from tests.unit.knowledge.conftest import opened, small  # noqa: F401 - the fixture

CAMPAIGNS = ("B1-TERM2Y", "B2-ROLL")
SEND_ON = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def shelf(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """The small content with the list of words that the house does not use."""
    root = tmp_path_factory.mktemp("harvested") / "content"
    shutil.copytree(small, root)
    shutil.copy(BANK / "rules" / "words.yaml", root / "knowledge" / "bank" / "rules")
    return root


@pytest.fixture(scope="session")
def read(shelf: Path) -> tuple[Pack, CheckEngine]:
    """Its pack and engine."""
    pack = load_pack(shelf / "knowledge" / "bank")
    return pack, CheckEngine(pack)


@pytest.fixture(scope="session")
def drafted(shelf: Path, read: tuple[Pack, CheckEngine], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with drafts of two campaigns that nobody has touched."""
    folder = tmp_path_factory.mktemp("drafted")
    url = SqliteFiles().empty(folder)
    desk = opened(folder, shelf, url, read)
    for campaign in CAMPAIGNS:
        brief = Brief(
            campaign=campaign, segments=("salary",), ages=("25-34", "35-44", "45-54"), channels=("sms",), locales=("zh-Hans",),
            send_on=SEND_ON,
        )  # fmt: skip
        asyncio.run(_drain(desk.matrix.write(brief)))
    desk.database.close()
    return url


@pytest.fixture
def home(shelf: Path, drafted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk's folder with content and database of its own, which the environment names."""
    shutil.copytree(shelf, tmp_path / "content")
    SqliteFiles().copy(drafted, tmp_path / "home")
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COPYDESK_CONTENT", str(tmp_path / "content"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def review(home: Path, tmp_path: Path, read: tuple[Pack, CheckEngine]) -> Iterator[Review]:
    """People at that desk."""
    url = f"sqlite:///{home / 'copydesk.db'}"
    desk = opened(home, tmp_path / "content", url, read)
    yield Review(desk)
    desk.database.close()


@pytest.fixture
def command(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The desk's commands."""
    return commanding(monkeypatch, capsys)


async def _drain(cells: object) -> None:
    async for _ in cells:  # type: ignore[attr-defined]
        pass
