"""A desk that has one of everything, with a person of each role signed in: each operation gets a copy of its own."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.domain.person import ROLES, Role
from assistant.settings import Settings
from tests.conftest import BANK, QUICK
from tests.unit.api.staff import PASSWORD, hire
from tests.unit.outgoing.conftest import MAKER, NOW, order, release, write

AT = dt.datetime(2026, 11, 10, 10, 30)
LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Served:
    """A desk behind its door. `known` has ids that are there, by what names them in an address; `secrets` a session's
    secret for each role."""

    app: FastAPI
    desk: Desk
    known: Mapping[str, Any]
    secrets: Mapping[Role, str]


def _desk(home: Path, bank: Pack, engine: CheckEngine) -> Desk:
    desk = Desk(Settings(home=home, data=str(BANK / "sample"), **QUICK))
    desk.__dict__.update(pack=bank, engine=engine)
    return desk


def _filled(desk: Desk) -> dict[str, Any]:
    """One of everything; returns the ids."""
    write(desk, "B1-TERM2Y", ("35-44",))
    texts = sorted(row["id"] for row in desk.recalls.drafts())
    release(desk, texts[:4])
    package = desk.packages.bundle("Autumn", {"first": texts[4:6]}, "conversions", MAKER, NOW)
    outgoing = desk.outgoing.exports
    rollout = {
        "experiment": "may",
        "stage": "ab",
        "arms": [{"name": name, "share": 500, "texts": texts[at : at + 1]} for at, name in enumerate("AB")],
    }
    done = outgoing.make(order(items=texts[:4], rollout=rollout), MAKER, NOW)
    waiting = outgoing.schedule(order(items=texts[:4], send_at=LATER), MAKER, NOW)
    desk.actions.scan(BANK / "sample", AT)
    calls = [one for one in desk.actions.store.queue() if one.owner == "relationship_manager"]
    manager = next(one.manager for one in calls if one.manager)
    sentences = [one.id for one in desk.packages.folded(package).sentences]
    cells = [desk.shelf.rows([own])[own] for own in texts[:1]]
    return {
        "texts": texts, "packages": [package], "exports": [done.id, waiting.id], "waiting": waiting.id,
        "runs": [cells[0]["run"]], "manager": manager, "experiments": ["may"], "assets": texts[:4],
        "actions": [one.action_id for one in calls if one.manager == manager][:3],
        "others": sorted({one.manager for one in calls if one.manager and one.manager != manager}),
        "sentences": sentences, "customer": calls[0].customer_id,
    }  # fmt: skip


@pytest.fixture(scope="session")
def whole(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk that has one of everything."""
    home = tmp_path_factory.mktemp("whole") / "home"
    desk = _desk(home, bank, engine)
    known = _filled(desk)
    secrets = {}
    for role in ROLES:
        more = {"rm": {"manager": known["manager"], "team": "east"}, "lead": {"team": "*"}}.get(role, {})
        hire(desk, role, role, **more)
        secrets[role] = desk.people.sign_in(role, PASSWORD, dt.datetime.now(dt.UTC))[1]
    desk.database.close()
    (home / "known.json").write_text(json.dumps({"known": known, "secrets": secrets}))
    return home


@pytest.fixture
def served(whole: Path, bank: Pack, engine: CheckEngine, tmp_path: Path) -> Served:
    """A copy of it behind its door."""
    shutil.copytree(whole, tmp_path / "home")
    told = json.loads((tmp_path / "home" / "known.json").read_text())
    desk = _desk(tmp_path / "home", bank, engine)
    return Served(api(desk), desk, told["known"], told["secrets"])
