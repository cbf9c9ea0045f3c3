"""An older database is brought up to date with what is in it."""

from __future__ import annotations

import json
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from assistant.store import database
from assistant.store.actions import ActionStore
from assistant.store.database import Database, sqlite_url


def older(url: str, revision: str) -> None:
    """Make a database of an earlier day."""
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).with_name("migrations")))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        row = {
            "action_id": "a1", "trigger": "D3", "scenario": "D3", "customer_id": "C1", "cause": "e1", "fired_at":
            "2026-11-10T10:00:00", "due_at": "2026-11-10T12:00:00", "action": "call", "kind": "care", "owner":
            "service_desk", "channel": "call", "product": None, "score": 1.0, "reasons": [], "manager": "RM1",
        }  # fmt: skip
        values = {"id": "a1", "trigger": "D3", "customer": "C1", "owner": "service_desk", "kind": "care", "state": "open",
                  "at": "2026-11-10 10:00:00.000000", "score": 1.0, "body": json.dumps(row)}  # fmt: skip
        connection.execute(
            text(
                "insert into actions (id, trigger, customer, owner, manager, kind, state, fired_at, due_at, score, body)"
                " values (:id, :trigger, :customer, :owner, null, :kind, :state, :at, :at, :score, :body)"
            ),
            values,
        )
    engine.dispose()


def test_whose_customer_an_older_action_is_about_is_known_afterwards(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "desk.db")
    older(url, "0005")
    store = ActionStore(Database(url))
    assert [one.action_id for one, _state in store.of_customers(managers={"RM1"})] == ["a1"]
    assert store.of_customers(managers={"RM2"}) == []
