"""What the page asks of the desk and shows: sections, entries, changes, texts. It has no rule of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from assistant.api.allowed import ALLOWED
from assistant.bootstrap.desk import Desk
from assistant.domain.kept import KeptText
from assistant.domain.person import Role
from assistant.domain.proposal import PROPOSERS, Proposal, TouchedText
from ui.knowledge import listing
from ui.knowledge.change import change
from ui.knowledge.entry import entry
from ui.knowledge.form import form
from ui.knowledge.given import Looks, OfFact, Opens
from ui.knowledge.naming import Naming
from ui.knowledge.texts import held, stating
from ui.parts.html import html
from ui.surface import Answer, Caller, regions
from ui.words import Words

Rows = list[dict[str, Any]]
FIRST = "products"
ROWS = 60
TEXTS = 20
TOUCHED = 100
"""Texts that a change shows; recall has them all."""


def roles_of(method: str, path: str) -> tuple[Role, ...]:
    """Who may ask the API for it; the page asks in the same way."""
    row, _ = ALLOWED.at(method, path)
    return row.roles or () if row else ()


READERS = roles_of("GET", "/api/v1/texts")


@dataclass(frozen=True)
class Asking:
    """The page in one language over a desk whose knowledge may change at any time."""

    desk: Desk
    words: Words

    def naming(self) -> Naming:
        """Names in the knowledge of now."""
        people = lru_cache(256)(self._person)
        return Naming(self.words, self.desk.pack, people)

    def _person(self, login: str) -> str:
        found = self.desk.people.of_login(login)
        return found.name if found else login

    def look(self, caller: Caller, given: Looks) -> Answer:
        """The page as an address names it: tabs, list and what is open."""
        if given.view == "recall":
            return self.recalled(caller, given)
        if given.change or given.view == "changes":
            return self._change(caller, given)
        section, naming = given.section or FIRST, self.naming()
        told = self._list(naming, section, given)
        item = given.item or (told[0][0]["id"] if told[0] and not given.words else "")
        options = listing.sections(naming, self.desk.browsing.sections(), section)
        drawn = {"main": self._entry(naming, caller, section, item)} if item else {"main": self._choose()}
        answer = regions(tabs=self._tabs(naming, caller, "entries"), sections=options,
                         list=listing.entries(naming, section, *_spread(told, item)), **drawn)  # fmt: skip
        return {**answer, "view": "entries", "section": section, "item": item}

    def listed(self, caller: Caller, given: Looks) -> Answer:
        """The list alone, while somebody searches; more of it where `after` names its last row."""
        section, naming = given.section or FIRST, self.naming()
        return regions(list=listing.entries(naming, section, *_spread(self._list(naming, section, given), given.item)))

    def _list(self, naming: Naming, section: str, given: Looks) -> tuple[Rows, bool, int]:
        """Rows up to a screenful behind `after`, whether there are more, and how many there are."""
        found = self.desk.browsing.listed(section, given.words, limit=100_000)
        places = [str(row["id"]) for row in found]
        shown = (places.index(given.after) + 1 if given.after in places else 0) + ROWS
        if given.item in places:
            shown = max(shown, places.index(given.item) + 1)
        return found[:shown], len(found) > shown, len(found)

    def entry(self, caller: Caller, given: Looks) -> Answer:
        """One entry."""
        return regions(main=self._entry(self.naming(), caller, given.section, given.item))

    def _entry(self, naming: Naming, caller: Caller, section: str, item: str) -> Markup:
        desk = self.desk
        told = desk.browsing.entry(section, item)
        history = list(desk.proposals.history(section, item))
        waiting = [desk.proposals.proposal(one.id)
                   for one in desk.proposal_store.listed(section=section, entry=item) if one.open]  # fmt: skip
        person = caller.person
        return entry(naming, told, history, waiting, person.is_a(*PROPOSERS), person.is_a(*READERS))

    def texts(self, caller: Caller, given: OfFact) -> Answer:
        """Texts that state a fact: the first of them."""
        found = self.desk.kept_texts.stating(given.fact, TEXTS + 1)
        return regions(texts=stating(self.naming(), given.fact, found[:TEXTS], len(found) > TEXTS))

    def form(self, caller: Caller, given: Opens) -> Answer:
        """The form for an entry as it stands; for a draft with the draft's text and what is wrong with it."""
        if given.change:
            draft = self.desk.proposals.proposal(given.change)
            told = self.desk.browsing.entry(draft.section, draft.entry)
            drawn = form(self.naming(), told, draft.text, draft.problems)
            return {**regions(main=drawn), "section": draft.section, "item": draft.entry}
        return regions(main=form(self.naming(), self.desk.browsing.entry(given.section, given.item)))

    def _change(self, caller: Caller, given: Looks) -> Answer:
        return self.changes(caller, given.change, given.after)

    def changes(self, caller: Caller, own: str = "", after: str = "") -> Answer:
        """The list of changes, and one of them."""
        desk, naming = self.desk, self.naming()
        found, more = self._proposals(after)
        shown = [self._standing(one) for one in found]
        own = own or (shown[0].id if shown else "")
        main = self.drawn(naming, caller, desk.proposals.proposal(own)) if own else self._choose()
        answer = regions(tabs=self._tabs(naming, caller, "changes"), main=main,
                         list=listing.proposals(naming, shown, own, more))  # fmt: skip
        return {**answer, "view": "changes", "change": own}

    def _proposals(self, after: str) -> tuple[list[Proposal], bool]:
        """Proposals up to a screenful behind `after`, the last that was shown; whether there are more."""
        store, found, at = self.desk.proposal_store, list[Proposal](), ""
        while True:
            page = store.listed(after=at, limit=ROWS + 1)
            found += page[:ROWS]
            if len(page) <= ROWS or at == after:
                return found, len(page) > ROWS
            at = found[-1].id

    def _standing(self, one: Proposal) -> Proposal:
        return self.desk.proposals.proposal(one.id) if one.open else one

    def drawn(self, naming: Naming, caller: Caller, one: Proposal) -> Markup:
        """A change with the texts that it touches, as they stand now."""
        kept, listed = self.desk.kept_texts, list(one.touches.listed)
        found: dict[str, KeptText] = {}
        if caller.person.is_a(*READERS):
            # What was written between trying and approving stands in the recall alone.
            later = kept.held_by(one.took, TOUCHED) if one.took else []
            listed += [text for text in held(later) if text.id not in {known.id for known in listed}]
            found = kept.of_drafts([text.id for text in listed])
        return change(naming, one, _known(listed, found), found, caller.person)

    def recalled(self, caller: Caller, given: Looks) -> Answer:
        """Texts that a recall holds."""
        naming, kept = self.naming(), self.desk.kept_texts
        if not caller.person.is_a(*READERS):
            return self.changes(caller)
        found = kept.held(TEXTS + 1, given.after, given.mend or None)
        main = listing.recalled(naming, found[:TEXTS], kept.held_count(), given.mend, len(found) > TEXTS, caller.person)
        return {**regions(tabs=self._tabs(naming, caller, "recall"), main=main), "view": "recall", "mend": given.mend}

    def _tabs(self, naming: Naming, caller: Caller, view: str) -> Markup:
        store = self.desk.proposal_store
        waiting = sum(len(store.listed(state, limit=ROWS)) for state in ("draft", "proposed"))
        frozen = sum(self.desk.kept_texts.held_count().values()) if caller.person.is_a(*READERS) else None
        return listing.tabs(naming, view, waiting, frozen)

    def _choose(self) -> Markup:
        template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
        words = self.words
        return html(template, title=words("knowledge.empty_title"), next=words("knowledge.empty"))


def _spread(told: tuple[Rows, bool, int], item: str) -> tuple[Rows, str, bool, int]:
    return told[0], item, told[1], told[2]


def _known(listed: Sequence[TouchedText], found: dict[str, KeptText]) -> list[TouchedText]:
    return [one for one in listed if one.id in found]
