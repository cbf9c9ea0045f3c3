"""A desk that is killed while a change is taken into effect: at the next start the change is whole, or was never made."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.packs.place import digest_of, place_of
from tests.conftest import ROOT
from tests.unit.knowledge.acting import acts, decide, propose
from tests.unit.knowledge.conftest import NOW, opened

LATER = NOW + dt.timedelta(minutes=5)
KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.review.knowledge import proposing, taking
from assistant.store.proposals import ProposalBook, ProposalStore
from tests.unit.knowledge.conftest import CHEN, opened
from tests.unit.knowledge.acting import decide
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
home, content, url, own, when = sys.argv[1:]
if when == "before the decision is kept":
    ProposalBook.rivals = die
elif when == "before the file is in place":
    taking.Taking.put = die
else:
    taking.Taking.use = die
decide(opened(Path(home), Path(content), url), own, "approve")
"""


def killed(place: tuple[Path, Path, str], own: str, when: str) -> None:
    """A process that approves a proposal and is killed at a moment."""
    run = [sys.executable, "-c", KILLED, *map(str, place), own, when]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(run, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def left_over(desk: Desk) -> list[Path]:
    return list(desk.folder.rglob("*.tmp"))


@pytest.mark.parametrize("when", ["before the file is in place", "before the desk uses it"])
def test_what_was_decided_is_in_effect_at_the_next_start(
    own: Desk, place: tuple[Path, Path, str], loaded: tuple[Pack, CheckEngine], when: str
) -> None:
    made, version = propose(own), own.pack.version
    killed(place, made.id, when)
    kept = own.proposal_store.proposal(made.id)
    assert (kept.state, kept.taken_at) == ("approved", None) and own.recalls.frozen() == {}
    in_place = digest_of(place_of(own.folder, "products", "TD-24M").text) == digest_of(made.text)
    assert in_place == (when == "before the desk uses it") and bool(left_over(own)) != in_place

    again = opened(*place, loaded if not in_place else None)
    told = again.begin(LATER)
    assert told[0] == "The approved change of products/TD-24M is in effect now."
    assert again.pack.version != version and str(again.pack.facts["product:TD-24M.rate"].value) == "2.30"
    assert again.proposal_store.proposal(made.id).took == again.pack.version
    assert set(again.recalls.frozen()) == set(made.touches.ids) and left_over(again) == []
    assert acts(again) == [("mei", "propose"), ("chen", "approve"), ("desk", "take_effect")]
    assert again.begin(LATER) == []
    again.database.close()


def test_what_was_not_decided_never_happened(own: Desk, place: tuple[Path, Path, str]) -> None:
    made, before = propose(own), place_of(own.folder, "products", "TD-24M").raw
    killed(place, made.id, "before the decision is kept")
    assert left_over(own) and own.begin(LATER) == [] and left_over(own) == []
    assert place_of(own.folder, "products", "TD-24M").raw == before
    assert own.proposals.proposal(made.id).state == "proposed" and acts(own) == [("mei", "propose")]
    assert decide(own, made.id, "approve").state == "approved"


def test_an_entry_that_was_changed_by_hand_before_the_next_start_is_left_as_it_is(
    own: Desk, place: tuple[Path, Path, str], loaded: tuple[Pack, CheckEngine]
) -> None:
    made = propose(own)
    killed(place, made.id, "before the file is in place")
    path = own.folder / made.file
    path.write_text(path.read_text("utf-8").replace("[两年定存]", "[两年定存, 两年期定存]"), "utf-8")
    again = opened(*place, loaded)
    assert again.begin(LATER) == ["The approved change of products/TD-24M is stale now."]
    assert "2.30%" not in path.read_text("utf-8") and ("desk", "stale") in acts(again)
    again.database.close()


def test_another_process_uses_what_was_taken_into_effect(
    own: Desk, place: tuple[Path, Path, str], loaded: tuple[Pack, CheckEngine]
) -> None:
    other = opened(*place, loaded)
    other.begin(NOW)
    other.catch_up()
    same = other.pack
    assert same is other.pack
    decide(own, propose(own).id, "approve")
    other.catch_up()
    assert other.pack.version == own.pack.version != same.version and other.engine.pack is other.pack
    other.database.close()
