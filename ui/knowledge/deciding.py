"""What the page changes: the knowledge, by proposals and decisions; texts, by today's values. A refusal is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.domain.proposal import Proposal
from assistant.errors import CopydeskError, InputError, Refused
from assistant.review.knowledge.rules import ProposalWish
from ui.knowledge.asking import Asking
from ui.knowledge.given import Decides, Looks, Mends, Proposes
from ui.knowledge.leaves import patch_of
from ui.parts.html import html
from ui.surface import Answer, Caller, refused
from ui.words import Words


@dataclass(frozen=True)
class Deciding:
    """Grants what the script asks, by the desk's services."""

    asking: Asking

    def propose(self, caller: Caller, given: Proposes) -> Answer:
        """Try a change and keep it; a draft of one's own that it mends is withdrawn."""
        desk, values = self.asking.desk, None
        try:
            if given.text is None:
                values = self._values(given)
            made = desk.proposals.propose(
                given.section, given.item, caller.person, caller.now, given.text, values, given.note, given.digest
            )
            if given.replaces:
                self._withdraw(given.replaces, made, caller)
        except Refused as error:
            return told(error, self.asking.words)
        return self.asking.changes(caller, made.id)

    def _values(self, given: Proposes) -> dict[str, Any]:
        entry = self.asking.desk.browsing.entry(given.section, given.item)
        if not isinstance(entry["values"], dict):
            raise InputError("The entry has no fields.", "Change its text.")
        return patch_of(entry["values"], [(tuple(one.path), one.words) for one in given.fields or ()])

    def _withdraw(self, draft: str, made: Proposal, caller: Caller) -> None:
        """End a draft that another text of the same entry stands for now; it may have become stale meanwhile."""
        proposals = self.asking.desk.proposals
        old = proposals.proposal(draft)
        if old.state == "draft" and (old.section, old.entry, old.by) == (made.section, made.entry, made.by):
            proposals.decide(draft, ProposalWish("withdraw", caller.person, seen=old.version), caller.now)

    def decide(self, caller: Caller, given: Decides) -> Answer:
        """Decide a change; what is refused shows how it stands now."""
        wish = ProposalWish(given.act, caller.person, given.reason, given.comment, given.version)
        try:
            self.asking.desk.proposals.decide(given.change, wish, caller.now)
        except Refused as error:
            return {**self.asking.changes(caller, given.change), **told(error, self.asking.words)}
        return self.asking.changes(caller, given.change)

    def today(self, caller: Caller, given: Mends) -> Answer:
        """Put today's values into texts, one after the other; what is refused is told once, the others are mended."""
        desk, problem, done = self.asking.desk, None, 0
        for own, version in given.texts:
            try:
                desk.editing.today(own, caller.person, version, caller.now)
                done += 1
            except CopydeskError as error:
                problem = error
        if given.change:
            answer = self.asking.changes(caller, given.change)
        else:
            answer = self.asking.recalled(caller, Looks(view="recall", mend=given.mend))
        if problem is not None:
            return {**answer, **refused(problem, self.asking.words)}
        template = '<p class="kn-done" role="status">{told}</p>'
        return {**answer, "told": str(html(template, told=self.asking.words.count("knowledge.today_done", done)))}


def told(error: Refused, words: Words) -> Answer:
    """A refusal of a change in words; the desk's own where it names what is wrong with a text."""
    known = f"knowledge.refused.{error.code}"
    if known not in words.table:
        return refused(error, words)
    template = '<div class="cd-trouble" role="alert"><p>{what}</p></div>'
    return {"refused": error.code, "told": str(html(template, what=words(known)))}
