"""A change of the knowledge on its way: proposed by one, taken into effect when another approves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.facts import Fact
from assistant.domain.formats import written
from assistant.domain.item import State
from assistant.domain.pack import Pack
from assistant.domain.person import Role

Standing = Literal["draft", "proposed", "approved", "rejected", "withdrawn", "stale"]
ProposalAct = Literal["submit", "approve", "reject", "withdraw"]
PROPOSERS: tuple[Role, ...] = ("marketer", "checker", "admin")
LONGEST = 200_000
"""Characters of an entry; the longest rule has a fifth of that."""
APPROVERS: tuple[Role, ...] = ("checker", "admin")


class Fault(BaseModel):
    """A problem as it is kept; `row` is its line in the proposed text, where it lies there."""

    model_config = ConfigDict(frozen=True)
    file: str
    line: int
    what: str
    mend: str
    row: int | None = None


class FactChange(BaseModel):
    """A fact that reads otherwise. `fact`: `TD-24M.rate`; a fact that comes or goes has no `before` or no `after`."""

    model_config = ConfigDict(frozen=True)
    fact: str
    old: str
    new: str
    before: str = ""
    after: str = ""


class Cause(BaseModel):
    """Why a text is touched: a fact, a disclosure or a rule, old → new; `new` is empty where it is gone."""

    model_config = ConfigDict(frozen=True)
    kind: Literal["fact", "disclosure", "rule"]
    what: str
    old: str
    new: str


class TouchedText(BaseModel):
    """A draft that a change touches, why, and whether new values mend it (`render`) or it needs words (`write`)."""

    model_config = ConfigDict(frozen=True)
    id: str
    mend: Literal["render", "write"]
    why: tuple[Cause, ...]


class Touches(BaseModel):
    """What recall finds under the changed knowledge: texts by state, those that new values mend (`render`) and those
    that need words (`write`), scheduled exports. `ids`: the first of them; `listed`: the same with their reasons."""

    model_config = ConfigDict(frozen=True)
    texts: int = 0
    states: Mapping[State, int] = {}
    render: int = 0
    write: int = 0
    exports: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    listed: tuple[TouchedText, ...] = ()


class Proposal(BaseModel):
    """Another text for one entry. `was` is the entry's text that it was made from, `digest` that text's hash: where the
    entry has another now, the proposal is stale. `outdated`: examples of rules that state what would be no longer so.
    `took`: the knowledge that it made, once it is in effect."""

    model_config = ConfigDict(frozen=True)
    id: str
    section: str
    entry: str
    file: str
    line: int
    state: Standing
    version: int
    text: str
    was: str
    digest: str
    base: str
    note: str = ""
    problems: tuple[Fault, ...] = ()
    outdated: tuple[Fault, ...] = ()
    facts: tuple[FactChange, ...] = ()
    touches: Touches = Touches()
    by: str
    made_at: dt.datetime
    decided_by: str | None = None
    decided_at: dt.datetime | None = None
    reason: str = ""
    comment: str = ""
    took: str | None = None
    taken_at: dt.datetime | None = None

    @property
    def subject(self) -> str:
        """What the audit calls it: the entry."""
        return f"knowledge:{self.section}/{self.entry}"

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in ("draft", "proposed")


@dataclass(frozen=True, slots=True)
class ProposalMove:
    """From which standings an act leads where, and who may do it; `own`: they who made it, or never they."""

    sources: frozenset[Standing]
    target: Standing
    roles: tuple[Role, ...]
    own: bool
    needs_reason: bool = False


PROPOSAL_MOVES: Mapping[ProposalAct, ProposalMove] = {
    "submit": ProposalMove(frozenset({"draft"}), "proposed", PROPOSERS, own=True),
    "approve": ProposalMove(frozenset({"proposed"}), "approved", APPROVERS, own=False),
    "reject": ProposalMove(frozenset({"proposed"}), "rejected", APPROVERS, own=False, needs_reason=True),
    "withdraw": ProposalMove(frozenset({"draft", "proposed"}), "withdrawn", PROPOSERS, own=True),
}


def changed_facts(before: Pack, after: Pack) -> list[FactChange]:
    """Facts whose value differs between two packs, in their order."""
    told = []
    for slot in dict.fromkeys((*before.facts, *after.facts)):
        old, new = before.facts.get(slot), after.facts.get(slot)
        if (old and old.version) != (new and new.version):
            change = FactChange(
                fact=slot.partition(":")[2] or slot,
                old=_reads(old, before),
                new=_reads(new, after),
                before=old.ref if old else "",
                after=new.ref if new else "",
            )
            told.append(change)
    return told


def _reads(fact: Fact | None, pack: Pack) -> str:
    """How a fact reads, in every language where it is words."""
    if fact is None:
        return ""
    return " / ".join(dict.fromkeys(fact.names())) or written(fact, pack.locales[0])
