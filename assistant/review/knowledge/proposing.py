"""Changes of the knowledge: proposed, decided by a second person, taken into effect, whoever kills the desk."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.domain.person import DESK, Person
from assistant.domain.proposal import LONGEST, PROPOSAL_MOVES, Proposal
from assistant.errors import InputError, Refused, Stale, UnknownId
from assistant.packs.laying import with_values
from assistant.packs.place import Place, digest_of, place_of, tidy
from assistant.review.knowledge.proving import Proof, Proving
from assistant.review.knowledge.rules import ProposalWish, judge_proposal, may_propose, sound
from assistant.review.knowledge.taking import Taking


class ProposalBook(Protocol):
    """What one transaction can do."""

    def add(self, proposal: Proposal) -> None: ...
    def put(self, proposal: Proposal) -> None: ...
    def rivals(self, proposal: Proposal) -> list[Proposal]: ...
    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None: ...


class ProposalStore(Protocol):
    """What opens the book, and finds proposals."""

    def book(self) -> AbstractContextManager[ProposalBook]: ...
    def proposal(self, own: str) -> Proposal: ...
    def listed(self, state: str | None = ..., after: str = ..., limit: int = ..., **where: str) -> list[Proposal]: ...
    def untaken(self) -> list[Proposal]: ...


@dataclass(frozen=True)
class Proposals:
    """Takes proposals and decisions. What is decided is committed first and then put into its file: a desk that is
    killed between the two has the decision, and `settle` puts the file in place."""

    pack: Pack
    engine: CheckEngine
    store: ProposalStore
    proving: Proving
    taking: Taking
    reasons: Collection[str]

    def propose(
        self,
        section: str,
        entry: str,
        by: Person,
        now: dt.datetime,
        text: str | None = None,
        values: Mapping[str, Any] | None = None,
        note: str = "",
        seen: str | None = None,
    ) -> Proposal:
        """Try a change and keep it: `proposed`, or `draft` where it has problems. `seen`: the digest of the text that
        it was made from, where they say so. Raises Forbidden, UnknownId, Stale, InputError where nothing is changed."""
        may_propose(by)
        if text is not None and len(text) > LONGEST:
            raise InputError(f"The text has {len(text):,} characters.", f"An entry has {LONGEST:,} at most.")
        place = place_of(self.proving.folder, section, entry)
        if seen is not None and seen != place.digest:
            what = f"The entry {section}/{entry} was changed since you looked at it."
            raise Stale(what, "Look at what stands now, then propose it anew.", by=DESK, version=0)
        words = tidy(text if text is not None else with_values(place, values or {}))
        if words == place.text:
            raise InputError(f"The text of {section}/{entry} is what it was.", "Change something.")
        proof = self.proving.tried(place, words, self.engine)
        facts, touches = self.proving.told(self.pack, proof)
        proposal = Proposal(
            id=uuid.uuid4().hex[:16],
            section=section,
            entry=entry,
            file=place.file,
            line=place.line,
            state="draft" if proof.problems else "proposed",
            version=1,
            text=proof.text,
            was=place.text,
            digest=place.digest,
            base=self.pack.version,
            note=note,
            problems=proof.problems,
            outdated=proof.outdated,
            facts=facts,
            touches=touches,
            by=by.login,
            made_at=now,
        )
        with self.store.book() as book:
            book.add(proposal)
            book.audit(now, by.login, "propose", proposal.subject, _body(proposal))
        return proposal

    def decide(self, own: str, wish: ProposalWish, now: dt.datetime) -> Proposal:
        """Grant a wish, or say why not. Raises UnknownId, Forbidden, Stale, Refused, FileError."""
        with self.taking.alone():
            self._settled(now)
            proposal = self.store.proposal(own)
            judge_proposal(proposal, wish, self.reasons)
            if wish.act == "approve":
                return self._approved(proposal, wish, now)
            if wish.act == "submit":
                proposal = self._tried_again(proposal, now)
            moved = _moved(proposal, wish, now)
            with self.store.book() as book:
                book.put(moved)
                book.audit(now, wish.by.login, wish.act, moved.subject, _body(moved))
            return moved

    def settle(self, now: dt.datetime) -> list[Proposal]:
        """Take into effect what was approved before somebody killed the desk; what came of it."""
        with self.taking.alone():
            return self._settled(now)

    def proposal(self, own: str) -> Proposal:
        """A proposal as it stands: stale where its entry has another text by now. Raises UnknownId."""
        found = self.store.proposal(own)
        return found.model_copy(update={"state": "stale"}) if found.open and not self._fits(found) else found

    def _approved(self, proposal: Proposal, wish: ProposalWish, now: dt.datetime) -> Proposal:
        proof = self.proving.tried(self._place(proposal, now), proposal.text, self.engine)
        sound(proposal, proof.problems)
        staged = self.taking.staged(proposal.file, proof.content)
        try:
            if not self.proving.unchanged(proof):
                raise Refused("busy", "Somebody changed the pack's files meanwhile.", "Decide it again.")
            moved = _moved(proposal, wish, now)
            with self.store.book() as book:
                book.put(moved)
                book.audit(now, wish.by.login, "approve", moved.subject, _body(moved))
                for rival in book.rivals(moved):
                    _outrun(book, rival, now, f"by {moved.id}")
        except BaseException:  # whatever it was goes on; nothing may be left beside the pack
            staged.unlink(missing_ok=True)
            raise
        self.taking.put(staged, proposal.file)
        return self._in_effect(moved, proof, now)

    def _tried_again(self, proposal: Proposal, now: dt.datetime) -> Proposal:
        """A draft whose problems may be gone: what they came from was mended elsewhere."""
        proof = self.proving.tried(self._place(proposal, now), proposal.text, self.engine)
        sound(proposal, proof.problems)
        facts, touches = self.proving.told(self.pack, proof)
        told = {"problems": (), "outdated": proof.outdated, "facts": facts, "touches": touches}
        return proposal.model_copy(update={**told, "text": proof.text, "base": self.pack.version})

    def _settled(self, now: dt.datetime) -> list[Proposal]:
        done = []
        for proposal in self.store.untaken():
            place = self._found(proposal)
            if place is None or place.digest not in (proposal.digest, digest_of(proposal.text)):
                with self.store.book() as book:
                    done.append(_outrun(book, proposal, now, "by hand, after it was approved"))
                continue
            if place.digest == proposal.digest:
                staged = self.taking.staged(place.file, place.with_text(proposal.text))
                self.taking.put(staged, place.file)
            done.append(self._in_effect(proposal, None, now))
        self.taking.tidy()
        return done

    def _in_effect(self, proposal: Proposal, proof: Proof | None, now: dt.datetime) -> Proposal:
        tried = (proof.pack, proof.engine) if proof and proof.pack and proof.engine else None
        pack, engine = tried or self.taking.load()
        frozen = self.taking.use(pack, engine)
        taken = proposal.model_copy(update={"version": proposal.version + 1, "took": pack.version, "taken_at": now})
        with self.store.book() as book:
            book.put(taken)
            body = {"proposal": taken.id, "knowledge": pack.version, "frozen": frozen}
            book.audit(now, DESK, "take_effect", taken.subject, body)
        return taken

    def _place(self, proposal: Proposal, now: dt.datetime) -> Place:
        """The entry as it stands; where it has another text, the proposal is noted as stale and Stale is raised."""
        place = self._found(proposal)
        if place is not None and place.digest == proposal.digest:
            return place
        with self.store.book() as book:
            stale = _outrun(book, proposal, now, "meanwhile")
        what = f"The entry {proposal.section}/{proposal.entry} was changed since it was proposed."
        raise Stale(what, "Propose it anew on what stands now.", by=DESK, version=stale.version)

    def _fits(self, proposal: Proposal) -> bool:
        place = self._found(proposal)
        return place is not None and place.digest == proposal.digest

    def _found(self, proposal: Proposal) -> Place | None:
        try:
            return place_of(self.proving.folder, proposal.section, proposal.entry)
        except UnknownId:
            return None

    def history(self, section: str, entry: str, limit: int = 50) -> Iterator[Proposal]:
        """The decided proposals on an entry, the newest first."""
        for one in self.store.listed(limit=limit, section=section, entry=entry):
            if not one.open:
                yield one


def _moved(proposal: Proposal, wish: ProposalWish, now: dt.datetime) -> Proposal:
    return proposal.model_copy(
        update={
            "state": PROPOSAL_MOVES[wish.act].target,
            "version": proposal.version + 1,
            "decided_by": wish.by.login,
            "decided_at": now,
            "reason": wish.reason,
            "comment": wish.comment,
        }
    )


def _outrun(book: ProposalBook, proposal: Proposal, now: dt.datetime, how: str) -> Proposal:
    """Note that a proposal's entry was changed by something else."""
    stale = proposal.model_copy(update={"state": "stale", "version": proposal.version + 1})
    book.put(stale)
    book.audit(now, DESK, "stale", stale.subject, {"proposal": stale.id, "changed": how})
    return stale


def _body(proposal: Proposal) -> dict[str, Any]:
    """What the audit says of a proposal: which text of which entry, on which knowledge, and the facts it changes."""
    told = proposal.model_dump(mode="json", include={"state", "version", "base", "note", "reason", "comment", "facts"})
    texts = {"was": proposal.digest, "text": digest_of(proposal.text), "problems": len(proposal.problems)}
    return {"proposal": proposal.id, **told, **texts}
