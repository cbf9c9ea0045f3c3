"""What the review's script may ask: the queue, a text, a package, decisions, other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.domain.item import Item
from assistant.errors import UnknownId
from assistant.review.book import Told
from assistant.review.rules import Wish
from ui.parts.html import NONE, html
from ui.parts.notice import refusal
from ui.parts.proof import Prover
from ui.review.asked import LAST, Judged, Opened, Passed, Reworded, Shown, Whole
from ui.review.detail import Detail, Text
from ui.review.folded import FoldedView, Package
from ui.review.queue import MOST, SHOWN, Queue
from ui.surface import Answer, Caller, regions
from ui.words import Words

PAGE = 200
"""Texts of the queue that come at once."""
PACKAGES = 30


@dataclass(frozen=True)
class Acts:
    """Answers in one language; the rules are the desk's."""

    desk: Desk
    words: Words

    def open(self, caller: Caller, given: Opened) -> Answer:
        """The queue of a state: packages where something waits, then texts."""
        shelf, queue = self.desk.shelf, Queue(self.desk.pack, self.words)
        found = shelf.listed(state=given.state, after=given.after, limit=PAGE)
        counts = {state: shelf.how_many(state, MOST) for state in SHOWN}
        texts = queue.texts(found, caller.person, caller.now, len(found) == PAGE)
        packages = queue.packages(self._waiting(given.state)) if not given.after else NONE
        decided = queue.decided(self._chosen(given.mine))
        drawn = regions(states=queue.states(given.state, counts), packages=packages, texts=texts, decided=decided)
        return {**drawn, "state": given.state}

    def text(self, caller: Caller, given: Shown) -> Answer:
        """One text with its proof."""
        return {"html": str(self._detail.text(self._text(given.id), caller.person, caller.now)), "id": given.id}

    def take(self, caller: Caller, given: Shown) -> Answer:
        """Take a text to decide it; refused where somebody else has."""
        item = self.desk.workflow.take(given.id, Wish("approve", caller.person), caller.now)
        return {"version": item.version}

    def decide(self, caller: Caller, given: Judged) -> Answer:
        """Decide texts, each judged by itself."""
        workflow, wish = self.desk.workflow, Wish(given.act, caller.person, given.reason, given.comment)
        seen = {one.id: one.version for one in given.texts}
        told: list[Told] = []
        if given.bulk:
            told = workflow.do(list(seen), Wish(given.act, caller.person, given.reason, given.comment, alone=False),
                               caller.now, seen)  # fmt: skip
        else:
            for own, version in seen.items():
                told += workflow.do([own], wish, caller.now, {own: version})
        done = [one.id for one in told if one.item]
        mine = [*done, *(own for own in given.mine if own not in done)][:LAST]
        drawn = regions(
            decided=Queue(self.desk.pack, self.words).decided(self._chosen(mine)), notice=self._notice(told)
        )
        return {
            **drawn,
            "done": done,
            "mine": mine,
            "refused_of": {one.id: one.refused.code for one in told if one.refused},
        }

    def package(self, caller: Caller, given: Shown) -> Answer:
        """A package folded."""
        return {"html": str(self._package(caller, given.id)), "id": given.id}

    def read(self, caller: Caller, given: Passed) -> Answer:
        """Note sentences as read; texts that are read whole are approved."""
        told = self.desk.packages.read(given.id, given.sentences, caller.person, caller.now)
        return {**self.package(caller, Shown(id=given.id)), "approved": sum(1 for one in told if one.item)}

    def whole(self, caller: Caller, given: Whole) -> Answer:
        """Decide every text of a package, or none."""
        alone = given.act != "approve" or bool(given.comment)
        wish = Wish(given.act, caller.person, given.reason, given.comment, alone=alone)
        self.desk.packages.do_package(given.id, wish, caller.now)
        return self.package(caller, Shown(id=given.id))

    def editing(self, _caller: Caller, given: Shown) -> Answer:
        """The field for other words."""
        return {"html": str(self._detail.editing(self._text(given.id)))}

    def preview(self, _caller: Caller, given: Reworded) -> Answer:
        """What other words would be found to be."""
        variant = self.desk.editing.preview(given.id, given.text)
        prover, cell = self._detail.prover, self._item(given.id).cell
        body = html(
            '<p role="status"><span class="cd-badge cd-{verdict}">{label}</span></p>{findings}',
            verdict=variant.verdict, label=self.words(f"verdict.{variant.verdict}"),
            findings=prover.findings(variant.findings, cell.locale),
        )  # fmt: skip
        return regions(preview=body)

    def reword(self, caller: Caller, given: Reworded) -> Answer:
        """Put other words in a text's place."""
        self.desk.editing.words(given.id, given.text, caller.person, given.version, caller.now)
        return self.text(caller, Shown(id=given.id))

    @property
    def _detail(self) -> Detail:
        here = self.words.locale
        reasons = [(own, one.name[here]) for own, one in self.desk.pack.reasons.items()]
        return Detail(Prover(self.desk.pack, self.words), reasons)

    def _item(self, own: str) -> Item:
        with self.desk.shelf.book() as book:
            return book.items([own])[own]

    def _text(self, own: str) -> Text:
        row, item = self.desk.shelf.rows([own])[own], self._item(own)
        checked = self.desk.looking.checked(row)
        return Text(item, row["text"], checked, self.desk.versions.before(item), self.desk.shelf.decisions(own))

    def _chosen(self, ids: Sequence[str]) -> list[Item]:
        return self.desk.shelf.chosen(ids) if ids else []

    def _waiting(self, state: str) -> list[tuple[dict[str, Any], int]]:
        rows = self.desk.shelf.packages(limit=PACKAGES)
        states = self.desk.shelf.states_of([row["id"] for row in rows])
        return [(row, states[row["id"]][state]) for row in rows if states[row["id"]].get(state)]

    def _package(self, caller: Caller, own: str) -> Markup:
        shelf = self.desk.shelf
        row = shelf.package(own)
        if row is None:
            raise UnknownId("package", own, [one["id"] for one in shelf.packages(limit=PACKAGES)])
        items = {one.id: one for one in shelf.chosen(package=own)}
        shown = Package(row, items, self.desk.packages.folded(own), shelf.read_by(own, caller.person.login))
        first = next(iter(items.values()))
        return FoldedView(self._detail.prover).package(shown, self._detail.decision(first, caller.person, package=True))

    def _notice(self, told: Sequence[Told]) -> Markup:
        """What was refused: of one text its reason, of several how many."""
        against = [one.refused for one in told if one.refused]
        if not against:
            return NONE
        if len(told) == 1:
            return refusal(against[0], self.words)
        left = self.words.count("review.left_out", len(against))
        return html('<div class="cd-trouble" role="alert"><p>{left}</p></div>', left=left)
