"""Who proposes a change of the knowledge, who decides on it, and what is left behind."""

from __future__ import annotations

from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.domain.proposal import Proposal, ProposalAct
from assistant.packs.place import place_of
from assistant.review.knowledge.rules import ProposalWish
from tests.unit.knowledge.conftest import CHEN, MEI, NOW, somebody

RATE = {"facts": {"rate": {"rate": "2.30%"}}}
ADMIN = somebody("ada", "admin")


def propose(desk: Desk, values: dict[str, Any] | None = None, by: Person = MEI, entry: str = "TD-24M") -> Proposal:
    return desk.proposals.propose("products", entry, by, NOW, None, values or RATE)


def text_of(desk: Desk, section: str = "products", entry: str = "TD-24M") -> str:
    return place_of(desk.folder, section, entry).text


def worded(desk: Desk, old: str, new: str, section: str = "products", entry: str = "TD-24M") -> Proposal:
    text = text_of(desk, section, entry)
    assert old in text
    return desk.proposals.propose(section, entry, MEI, NOW, text.replace(old, new))


def decide(desk: Desk, own: str, act: ProposalAct, by: Person = CHEN, **more: Any) -> Proposal:
    return desk.proposals.decide(own, ProposalWish(act, by, **more), NOW)


def files(desk: Desk) -> dict[str, bytes]:
    return {str(path.relative_to(desk.folder)): path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}


def acts(desk: Desk, subject: str = "knowledge:products/TD-24M") -> list[tuple[str, str]]:
    return [(row.who, row.act) for row in desk.audit.rows(subject=subject)]
