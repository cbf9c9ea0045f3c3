"""What all tests share: the bank pack, loaded once, and a desk in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack
from assistant.settings import Settings
from tests.contract.databases import databases, postgres, url  # noqa: F401 - fixtures of all suites

# Here, before any test file imports it: later it would be too late, and pytest warns.
pytest.register_assert_rewrite("tests.contract.model_contract")
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


QUICK = {"password_memory": 8, "password_rounds": 1}
"""Argon2 at its cheapest: what is tested is that it is asked, not what it costs."""


def here(app: FastAPI, host: str = "127.0.0.1:7860") -> TestClient:
    """Somebody who sits at the machine that serves an application."""
    return TestClient(app, base_url=f"http://{host}", client=("127.0.0.1", 50000), follow_redirects=False)


@pytest.fixture
def desk(bank: Pack, engine: CheckEngine, tmp_path: Path) -> Desk:
    """A desk whose store and index lie in a folder of its own."""
    made = Desk(Settings(home=tmp_path / "home", **QUICK))
    made.__dict__.update(pack=bank, engine=engine)
    return made
