"""Repeated edits become proposals: of the clause that the words come from, else of the list of words not used."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.errors import CopydeskError
from assistant.packs.place import PHRASES, place_of
from assistant.text.fold import folded_word
from eval.harvest.differing import columns
from eval.harvest.library import Library, reworded
from eval.harvest.proposed import Evidence, Proposed, id_of
from eval.harvest.reading import Reading
from eval.harvest.repeated import Change
from eval.harvest.terms import Kind, Terms

_PHRASE = "phrase"


@dataclass
class Proposing:
    """Makes proposals of changes. `unproposed`: those that no entry can take, each with why."""

    reading: Reading
    terms: Terms
    unproposed: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def library(self) -> Library:
        """Where sentences stand."""
        return Library(self.reading.desk.pack)

    def of(self, changes: list[Change]) -> list[Proposed]:
        """Every proposal, once for each entry that it changes, by id."""
        found = {made.id: made for change in changes for made in self._of(change)}
        return [found[own] for own in sorted(found)]

    def _of(self, change: Change) -> list[Proposed]:
        if self._masked(change.old, change) != change.old or self._masked(change.new, change) != change.new:
            self._not(change, "it holds what identifies a person")
            return []
        cells = {(cell := self.reading.kept(one.draft).cell).key: cell for one in change.seen}
        clauses = self.library.clauses(change.locale, change.old, cells.values()) if change.whole else []
        if not clauses:
            made = self._words(change)
            return [made] if made else []
        if any(one.foreign for one in change.seen):
            self._not(change, "the new sentence speaks of a product or campaign that the text was not about")
            return []
        found = []
        for clause, sentence in clauses:
            text = reworded(clause, sentence, change.new)
            entry = f"{change.locale}/{clause.id}"
            made = self._made(change, "clause", PHRASES, entry, set={"text": text}) if text else None
            if not text:
                self._not(change, f"nothing would be left of the clause {entry}")
            found += [made] if made else []
        return found

    def _words(self, change: Change) -> Proposed | None:
        """A phrase for the list of words that are not used."""
        own, term = self.terms.words_rule, change.old
        rule = self.reading.desk.pack.rules.get(own)
        if rule is None or rule.kind != _PHRASE:
            return self._not(change, f"the pack has no rule {own} that lists words")
        if "{" in term:
            return self._not(change, "it holds a slot, and no clause has it")
        if columns(term) > self.terms.repeated.longest:
            return self._not(change, "it is too long for a list of words, and no clause has it")
        if folded_word(term) in folded_word(change.new):
            return self._not(change, "the new words hold the old ones: a rule against those would flag both")
        if term in rule.match.get("terms", ()):
            return self._not(change, f"{own} lists it already")
        said = {"locale": change.locale}
        add: dict[str, list[Any]] = {"terms": [term], "must_flag": [{"text": term, **said}]}
        if change.new and "{" not in change.new:
            add["must_pass"] = [{"text": change.new, **said}]
        return self._made(change, "words", "rules", own, add=add)

    def _made(self, change: Change, kind: Kind, section: str, entry: str, **does: Any) -> Proposed | None:
        try:
            place = place_of(self.reading.desk.folder, section, entry)
        except CopydeskError as error:
            return self._not(change, str(error))
        evidence = {
            (one.item, one.old): Evidence(
                draft=one.draft, text=one.item, campaign=one.campaign, by=one.by, at=one.at.isoformat()
            )
            for one in change.seen
        }
        return Proposed(
            id=id_of(entry, change.old, change.new),
            kind=kind,
            section=section,
            entry=entry,
            digest=place.digest,
            locale=change.locale,
            old=change.old,
            new=change.new,
            texts=change.texts,
            campaigns=change.campaigns,
            people=change.people,
            evidence=tuple(evidence[key] for key in sorted(evidence)),
            **does,
        )

    def _not(self, change: Change, why: str) -> Proposed | None:
        """Note why nothing is proposed."""
        old, new = self._masked(change.old, change), self._masked(change.new, change)
        self.unproposed.append({"locale": change.locale, "old": old, "new": new, "texts": change.texts, "why": why})
        return None

    def _masked(self, words: str, change: Change) -> str:
        return self.reading.screen(words, self.reading.kept(change.seen[0].draft).cell)
