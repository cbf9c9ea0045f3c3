"""A proposal on its way to the knowledge: laid over a copy, checked, run beside the present knowledge, gated, filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.person import DESK, Person
from assistant.domain.proposal import Proposal
from assistant.errors import InputError, Stale
from assistant.packs.laying import with_values
from assistant.packs.place import Place, place_of, tidy
from assistant.packs.sheets.edit import Edit, appended, edited
from assistant.packs.source import parse
from eval.cases.case import Suite
from eval.comparing.compare import compared
from eval.comparing.gate import EXIT, Gated, gated
from eval.harvest.proposed import Proposed
from eval.running.side import Side
from eval.tasks.seam import Room

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.review.knowledge.proving import Proof

Sided = Callable[[Suite, Room], Side]
"""Runs a suite to its end."""


@dataclass(frozen=True)
class Tried:
    """A suite with the present knowledge beside the changed one."""

    suite: str
    said: Gated


def laid(desk: Desk, proposed: Proposed) -> tuple[Place, str]:
    """Where a proposal's entry stands, and the text that it would have. Stale where it has another by now."""
    place = place_of(desk.folder, proposed.section, proposed.entry)
    if place.digest != proposed.digest:
        what = f"The entry {proposed.section}/{proposed.entry} was changed since the harvest."
        raise Stale(what, "Harvest anew.", by=DESK, version=0)
    return place, with_values(place, proposed.set) if proposed.set else _grown(place, proposed)


def _grown(place: Place, proposed: Proposed) -> str:
    """An entry's text with more in its lists; the words themselves are what its check looks for."""
    source = parse(place.text.encode(), place.file)
    edits: list[Edit] = []
    for name, values in proposed.add.items():
        node = source.node
        for key in ("match", name) if name == "terms" else (name,):
            node = next((value for one, value in node.value if one.value == key), None)
            if node is None:
                what = f"The entry {proposed.section}/{proposed.entry} has no list “{name}”."
                raise InputError(what, "Give it one, then harvest anew.")
        edits.append(appended(place.text, node, values))
    return edited(place.text, edits)


def proved(desk: Desk, proposed: Proposed) -> Proof:
    """What the checks say of the pack with a proposal in it; nothing of the pack itself is touched."""
    place, text = laid(desk, proposed)
    return desk.proposals.proving.tried(place, text, desk.engine)


def rooms(room: Room, proof: Proof, home: Path) -> tuple[Room, Room]:
    """Where suites are run with the knowledge of now, and with the changed one. `home`: for the second one's index."""
    assert proof.pack is not None and proof.engine is not None
    pack, engine, desk = proof.pack, proof.engine, room.desk

    def changed() -> Desk:
        made = room.desk_of()
        made = replace(made, settings=made.settings.over(home=home))
        made.renew(pack, engine)
        return made

    now, then = (_versioned(room, version) for version in (desk.pack.version, pack.version))
    return now, replace(then, desk_of=changed, kept={})


def _versioned(room: Room, version: str) -> Room:
    """A run that was broken off goes on with the knowledge that it began with, or not at all."""
    options = {**room.subject.options, "knowledge": version}
    return replace(room, subject=replace(room.subject, options=options))


def tried(suites: list[Suite], both: tuple[Room, Room], sided: Sided) -> list[Tried]:
    """Each suite on both sides, held against the gate."""
    found = []
    for suite in suites:
        before, after = (sided(suite, room) for room in both)
        found.append(Tried(suite.name, gated(compared(before, after), suite.margins)))
    return found


def code_of(found: list[Tried]) -> int:
    """0 where every suite passed, 1 where one regressed, else 3."""
    codes = [EXIT[one.said.verdict] for one in found]
    return 1 if 1 in codes else max(codes)


def filed(desk: Desk, proposed: Proposed, by: Person, note: str, now: dt.datetime) -> Proposal:
    """The proposal as a change of the knowledge that waits for a second person; the one that waits already, if any."""
    waiting = standing(desk, proposed)
    if waiting is not None:
        return waiting
    _place, text = laid(desk, proposed)
    words = {"text": text, "note": note, "seen": proposed.digest}
    return desk.proposals.propose(proposed.section, proposed.entry, by, now, **words)  # type: ignore[arg-type]


def standing(desk: Desk, proposed: Proposed) -> Proposal | None:
    """The same change where somebody filed it before and nobody has decided it."""
    _place, text = laid(desk, proposed)
    listed = desk.proposal_store.listed(section=proposed.section, entry=proposed.entry)
    return next((one for one in listed if one.open and one.text == tidy(text)), None)
