"""A desk that has one of everything, with a person of each role signed in: each operation gets a copy of its own."""

from __future__ import annotations

import dataclasses
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
from assistant.domain.person import ROLES, Person, Role
from assistant.domain.proposal import Proposal
from assistant.packs.laying import with_values
from assistant.packs.place import place_of
from assistant.settings import Settings
from tests.conftest import BANK, QUICK
from tests.unit.api.staff import PASSWORD, hire
from tests.unit.outgoing.conftest import MAKER, NOW, order, release, write

AT = dt.datetime(2026, 11, 10, 10, 30)
MARKETER = Person(login="marketer", name="Marketer", roles=("marketer",))
BRIEF = {"campaign": "B1-TERM2Y", "segments": ["salary"], "ages": ["35-44"], "channels": ["push"], "locales": ["en"]}
LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Served:
    """A desk behind its door. `known` has ids that are there, by what names them in an address; `secrets` a session's
    secret for each role."""

    app: FastAPI
    desk: Desk
    known: Mapping[str, Any]
    secrets: Mapping[Role, str]


def _desk(home: Path, bank: Pack, engine: CheckEngine, content: Path | None = None) -> Desk:
    desk = Desk(Settings(home=home, content=content, data=str(BANK / "sample"), **QUICK))
    desk.__dict__.update(pack=dataclasses.replace(bank, root=str(desk.folder)), engine=engine)
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
    brief = desk.briefs.keep(BRIEF, MARKETER, NOW)
    proposal = _proposed(desk)
    cells = [desk.shelf.rows([own])[own] for own in texts[:1]]
    return {
        "texts": texts, "packages": [package], "exports": [done.id, waiting.id], "waiting": waiting.id,
        "runs": [cells[0]["run"]], "manager": manager, "experiments": ["may"], "assets": texts[:4],
        "actions": [one.action_id for one in calls if one.manager == manager][:3],
        "others": sorted({one.manager for one in calls if one.manager and one.manager != manager}),
        "sentences": sentences, "customer": calls[0].customer_id, "briefs": [brief.id], "knowledge": [proposal.id],
    }  # fmt: skip


def _proposed(desk: Desk) -> Proposal:
    """A proposal as it is kept; trying it takes seconds."""
    place = place_of(desk.folder, "products", "TD-24M")
    text = with_values(place, {"facts": {"rate": {"rate": "2.30%"}}})
    proposal = Proposal(
        id="p1", section=place.section, entry=place.id, file=place.file, line=place.line, state="proposed", version=1,
        text=text, was=place.text, digest=place.digest, base=desk.pack.version, by=MARKETER.login, made_at=NOW,
    )  # fmt: skip
    with desk.proposal_store.book() as book:
        book.add(proposal)
    return proposal


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
def served(whole: Path, bank: Pack, engine: CheckEngine, tmp_path: Path, request: pytest.FixtureRequest) -> Served:
    """A copy of it behind its door; where the knowledge may be changed, with a pack of its own."""
    shutil.copytree(whole, tmp_path / "home")
    told, content = json.loads((tmp_path / "home" / "known.json").read_text()), None
    if "knowledge" in request.node.callspec.params["path"]:
        content = tmp_path / "content"
        shutil.copytree(BANK, content / "knowledge" / BANK.name)
        shutil.copytree(BANK.parent.parent / "prompts", content / "prompts")
    desk = _desk(tmp_path / "home", bank, engine, content)
    return Served(api(desk), desk, told["known"], told["secrets"])
