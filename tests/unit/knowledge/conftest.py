"""A desk that owns a small copy of the bank's knowledge, with some drafts."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.pack import Pack
from assistant.domain.person import Person, Role
from assistant.packs.loader import load_pack
from assistant.settings import Settings
from tests.conftest import BANK, QUICK
from tests.contract.databases import SqliteFiles

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
LEFT_OUT = ("scripts", "sample", "asked.yaml", "triggers", "measures.yaml", "phrases", "rules", "zh-Hant", "en")
RULES = ("figures.yaml", "cn_deposit.yaml")


def somebody(login: str, *roles: Role) -> Person:
    return Person(login=login, name=login.title(), roles=roles)


MEI = somebody("mei", "marketer")
CHEN = somebody("chen", "checker")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content with the bank as far as one campaign needs it: few phrases, four files of rules."""
    root = tmp_path_factory.mktemp("content")
    bank = root / "knowledge" / "bank"
    shutil.copytree(BANK, bank, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for name in RULES:
        (bank / "rules").mkdir(exist_ok=True)
        shutil.copy(BANK / "rules" / name, bank / "rules")
    for path in BANK.glob("phrases/zh-Hans/*.yaml"):
        if path.stat().st_size < 70_000:
            (bank / "phrases" / "zh-Hans").mkdir(parents=True, exist_ok=True)
            shutil.copy(path, bank / "phrases" / "zh-Hans")
    shutil.copytree(BANK.parent.parent / "prompts", root / "prompts")
    return root


@pytest.fixture(scope="session")
def loaded(small: Path) -> tuple[Pack, CheckEngine]:
    pack = load_pack(small / "knowledge" / "bank")
    return pack, CheckEngine(pack)


def opened(home: Path, content: Path, url: str | None, loaded: tuple[Pack, CheckEngine] | None = None) -> Desk:
    """A desk over a folder and content of its own, as a process that starts has it."""
    desk = Desk(Settings(home=home, content=content, database_url=url, **QUICK))
    if loaded is not None:
        pack = dataclasses.replace(loaded[0], root=str(desk.folder))
        desk.__dict__.update(pack=pack, engine=loaded[1])
    return desk


@pytest.fixture(scope="session")
def filled(small: Path, loaded: tuple[Pack, CheckEngine], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the drafts of one cell in it."""
    folder = tmp_path_factory.mktemp("filled")
    url = SqliteFiles().empty(folder)
    desk = opened(folder, small, url, loaded)
    brief = Brief(
        campaign="B1-TERM2Y", segments=("salary",), ages=("35-44",), channels=("sms",), locales=("zh-Hans",),
        send_on=NOW.date(),
    )  # fmt: skip
    asyncio.run(_drain(desk.matrix.write(brief)))
    desk.database.close()
    return url


@pytest.fixture
def place(small: Path, filled: str, tmp_path: Path) -> tuple[Path, Path, str]:
    """Home, content and database of a desk: a test's own."""
    content = tmp_path / "content"
    shutil.copytree(small, content)
    return tmp_path / "home", content, SqliteFiles().copy(filled, tmp_path / "home")


@pytest.fixture
def own(place: tuple[Path, Path, str], loaded: tuple[Pack, CheckEngine]) -> Iterator[Desk]:
    """A desk that may change its knowledge."""
    desk = opened(*place, loaded)
    yield desk
    desk.database.close()


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass
