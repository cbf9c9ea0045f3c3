"""What changes with time: the knowledge by proposals, approvals that expire; and how many customers there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.writing import Writing
from assistant.checks.engine import CheckEngine
from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.packs.loader import load_pack

if TYPE_CHECKING:
    from assistant.bootstrap.insights import Insights
    from assistant.domain.proposal import Touches
    from assistant.playbook.pressure import Pressure
    from assistant.playbook.sizes import ListSizes
    from assistant.review.expiring import Expiring
    from assistant.review.knowledge.browsing import Browsing
    from assistant.review.knowledge.proposing import Proposals
    from assistant.store.kept_texts import KeptTexts
    from assistant.store.proposals import ProposalStore

_PROVING = Lock()
_TOLD = 100
"""Ids of touched texts that a proposal tells."""


@dataclass
class Changing(Writing):
    """What changes with time."""

    @cached_property
    def proposal_store(self) -> ProposalStore:
        """Changes of the knowledge, and what cites its facts."""
        from assistant.store.proposals import ProposalStore

        return ProposalStore(self.database)

    @cached_property
    def kept_texts(self) -> KeptTexts:
        """Kept texts by what they state, and those that a recall holds."""
        from assistant.store.kept_texts import KeptTexts

        return KeptTexts(self.database)

    @cached_property
    def browsing(self) -> Browsing:
        """The knowledge as people look at it."""
        from assistant.review.knowledge.browsing import Browsing

        return Browsing(self.pack, self.folder, self.proposal_store.citing)

    @cached_property
    def proposals(self) -> Proposals:
        """What takes changes of the knowledge, decides them, and takes them into effect."""
        from assistant.bootstrap.checking import pack_problems
        from assistant.review.knowledge.proposing import Proposals
        from assistant.review.knowledge.proving import Proving
        from assistant.review.knowledge.taking import Taking

        lock = self.settings.home / f"knowledge-{self.pack.id}.lock"
        proving = Proving(self.folder, pack_problems, self.touches, _PROVING)
        taking = Taking(self.folder, lock, self._loaded, self.renew, self._frozen)
        return Proposals(self.pack, self.engine, self.proposal_store, proving, taking, list(self.pack.reasons))

    @cached_property
    def expiring(self) -> Expiring:
        """What ends approvals with their campaigns."""
        from assistant.review.expiring import Expiring

        return Expiring(self.pack, self.shelf, self.workflow)

    def touches(self, pack: Pack, engine: CheckEngine) -> Touches:
        """What recall would find under a pack, beside what it has found already."""
        from assistant.domain.proposal import Cause, TouchedText, Touches

        frozen = self.recalls.frozen()
        rows = (row for row in self.recalls.drafts() if row["id"] not in frozen)
        found = list(self.touched_by(pack, engine, rows))
        ids = [one.asset.id for one in found]
        states = self.proposal_store.states_of(ids)
        mends = Counter(one.mend for one in found)
        return Touches(
            texts=len(ids),
            states=dict(Counter(states.get(own, "draft") for own in ids)),
            render=mends["render"],
            write=mends["write"],
            exports=tuple(self.outgoing.exports.touched(ids)),
            ids=tuple(ids[:_TOLD]),
            listed=tuple(
                TouchedText(id=one.asset.id, mend=one.mend, why=tuple(Cause(**asdict(why)) for why in one.why))
                for one in found[:_TOLD]
            ),
        )

    def sizes(self, by: Sequence[str], where: Mapping[str, str], now: dt.datetime) -> list[dict[str, Any]]:
        """How many customers there are, by what tells them apart."""
        from assistant.playbook.sizes import sizes

        return sizes(self.pack, self.settings.data, now, by, where)

    def sizes_by(
        self, apart: Sequence[Sequence[str]], where: Mapping[str, str], now: dt.datetime
    ) -> list[list[dict[str, Any]]]:
        """How many customers there are, told apart in several ways at once."""
        from assistant.playbook.sizes import sizes_by

        return sizes_by(self.pack, self.settings.data, now, apart, where)

    def sizes_of_list(self, given: Path, now: dt.datetime) -> ListSizes:
        """What a list of customers comes to. Nothing of it is kept."""
        from assistant.playbook.sizes import sizes_of_list

        return sizes_of_list(self.pack, self.settings.data, given, now)

    def pressure(self, now: dt.datetime) -> Pressure:
        """How often customers were spoken to lately, beside what the contact policy allows."""
        from assistant.playbook.pressure import pressure

        return pressure(self.pack, self.settings.data, now)

    @cached_property
    def insights(self) -> Insights:
        """What happened at the desk and what came of it, counted."""
        from assistant.bootstrap.insights import Insights

        return Insights(self)

    def begin(self, now: dt.datetime) -> list[str]:
        """What a desk does when it is started: go on with what was approved when it was killed, and end the approvals
        of campaigns that are over. Says what was done."""
        self.seen_change = self.proposal_store.latest()
        told = [
            f"The approved change of {one.section}/{one.entry} is {'in effect' if one.took else one.state} now."
            for one in self.proposals.settle(now)
        ]
        if expired := self.expiring.expire(now):
            told.append(f"{len(expired)} text(s) expired: their campaign is over.")
        return told

    def catch_up(self) -> None:
        """Read the pack anew where another process took a change into effect since this one last looked."""
        latest = self.proposal_store.latest()
        if latest is None or latest == self.seen_change:
            return
        self.seen_change = latest
        if latest != self.pack.version:
            self.renew(*self._loaded())

    def _loaded(self) -> tuple[Pack, CheckEngine]:
        pack = load_pack(self.folder)
        return pack, CheckEngine(pack)

    def _frozen(self) -> int:
        """Freeze what the knowledge of now touches."""
        self.recalls.keep(knowledge_of(self.pack))
        touched = self.recall()
        self.freeze(touched)
        stopped = self.outgoing.exports.touched([one.asset.id for one in touched])
        self.outgoing.exports.told_frozen(stopped, dt.datetime.now(dt.UTC))
        return len(touched)
