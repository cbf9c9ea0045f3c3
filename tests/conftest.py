"""What all tests share: the bank pack, loaded once, and a desk in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack
from assistant.settings import Settings
from tests.contract.databases import databases, postgres, url  # noqa: F401 - fixtures of all suites

ROOT = Path(__file__).resolve().parent.parent
BANK = ROOT / "knowledge" / "bank"


@pytest.fixture(scope="session")
def bank() -> Pack:
    """The sample pack."""
    return load_pack(BANK)


@pytest.fixture(scope="session")
def engine(bank: Pack) -> CheckEngine:
    """The check engine over the sample pack."""
    return CheckEngine(bank)


@pytest.fixture
def desk(bank: Pack, engine: CheckEngine, tmp_path: Path) -> Desk:
    """A desk whose store and index lie in a folder of its own."""
    made = Desk(Settings(home=tmp_path / "home"))
    made.__dict__.update(pack=bank, engine=engine)
    return made
