"""Packages: several waves of one campaign that take one approval, and are read a sentence at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.brief import Cell
from assistant.domain.item import Item
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import Forbidden, Refused, UnknownId
from assistant.review.book import Book, Looked, Told
from assistant.review.folding import Folded, folded
from assistant.review.rules import Wish, judge
from assistant.review.workflow import Workflow
from assistant.writing.reading import address_of, to_read


@dataclass(frozen=True)
class Packages:
    """Makes packages, and decides them whole."""

    workflow: Workflow
    pack: Pack

    def bundle(
        self, name: str, waves: Mapping[str, Sequence[str]], criterion: str, by: Person, now: dt.datetime
    ) -> str:
        """Put drafts of one campaign into a package of waves, which takes one approval. Returns the package's id.

        Raises Refused for a text that is no draft or is in a package already, and for texts of several campaigns.
        """
        wave_of = _wave_of(waves)
        looked = self.workflow.look(list(wave_of))
        with self.workflow.books.book() as book:
            return self._packed(book, name, waves, criterion, by, now, looked)

    def hand_in(
        self, name: str, waves: Mapping[str, Sequence[str]], criterion: str, by: Person, now: dt.datetime
    ) -> str:
        """Make a package and submit it: both or neither. Raises as `bundle` and `do_package` do."""
        looked = self.workflow.look(list(_wave_of(waves)))
        with self.workflow.books.book() as book:
            package = self._packed(book, name, waves, criterion, by, now, looked)
            self._granted(book, package, Wish("submit", by), looked, now)
            return package

    def do_package(self, package: str, wish: Wish, now: dt.datetime) -> list[Told]:
        """One wish for every text of a package: all or none. Raises Refused with what stands against it."""
        looked = self.workflow.look(self._of(package))
        with self.workflow.books.book() as book:
            return self._granted(book, package, wish, looked, now)

    def folded(self, package: str) -> Folded:
        """A package's texts as classes of sentences. Raises UnknownId."""
        ids = self._of(package)
        looked = self.workflow.look(ids)
        with self.workflow.books.book() as book:
            return self._folded(book.in_package(package), looked)

    def read(self, package: str, sentences: Collection[str], by: Person, now: dt.datetime) -> list[Told]:
        """Note that a person has read and passed sentences; each text that they have now read whole is approved.

        A text with findings is not: it is decided by itself. Raises Forbidden for who is no checker, UnknownId.
        """
        if not by.is_a("checker"):
            raise Forbidden("To pass a sentence takes the role of checker.", "Ask somebody who has it.")
        looked = self.workflow.look(self._of(package))
        with self.workflow.books.book() as book:
            items = {one.id: one for one in book.in_package(package) if one.id in looked}
            classes = self._folded(list(items.values()), looked)
            known = {one.id for one in classes.sentences}
            if strange := sorted(set(sentences) - known):
                raise UnknownId("sentence", strange[0], known)
            whole = classes.complete(book.read(package, sentences, by.login, now))
            book.audit(now, by.login, "read", f"package:{package}", {"sentences": sorted(sentences)})
            waiting = [items[own] for own in whole if items[own].state == "submitted"]
            wish = Wish("approve", by, alone=False)
            return [self.workflow.granted(book, one, wish, looked[one.id], now) for one in waiting]

    def _packed(
        self,
        book: Book,
        name: str,
        waves: Mapping[str, Sequence[str]],
        criterion: str,
        by: Person,
        now: dt.datetime,
        looked: Mapping[str, Looked],
    ) -> str:
        wave_of = _wave_of(waves)
        found = book.items(list(wave_of))
        campaigns = {one.cell.campaign for one in found.values()}
        if len(campaigns) != 1:
            raise Refused("campaigns", f"The texts are of {len(campaigns)} campaigns.", "A package is of one.")
        package = uuid.uuid4().hex[:16]
        book.pack_up(package, name, campaigns.pop(), by.login, criterion, now)
        for own, item in found.items():
            judge(item, Wish("edit", by), None, now)
            if item.package or item.state not in ("draft", "changes_asked"):
                where = f"in the package {item.package}" if item.package else item.state
                raise Refused("state", f"The text {own} is {where}.", "Leave it out.")
            book.put(_bundled(item, package, wave_of[own], looked[own], by, now))
        body = {"name": name, "criterion": criterion, "waves": {wave: list(ids) for wave, ids in waves.items()}}
        book.audit(now, by.login, "bundle", f"package:{package}", body)
        return package

    def _granted(
        self, book: Book, package: str, wish: Wish, looked: Mapping[str, Looked], now: dt.datetime
    ) -> list[Told]:
        inside = book.in_package(package)
        # Who named a text by its present draft has it looked at by its own id.
        strange = self.workflow.look([one.id for one in inside if one.id not in looked])
        seen = {**looked, **strange}
        told = [self.workflow.granted(book, one, wish, seen[one.id], now) for one in inside]
        against = [str(one.refused) for one in told if one.refused]
        if against:
            more = f" … and {len(against) - 5} more" if len(against) > 5 else ""
            raise Refused("package", " ".join(against[:5]) + more, "Decide these by themselves, or mend them.")
        return told

    def _folded(self, items: Sequence[Item], looked: Mapping[str, Looked]) -> Folded:
        return folded_texts(self.pack, {one.id: (one.cell, looked[one.id].template) for one in items})

    def _of(self, package: str) -> list[str]:
        with self.workflow.books.book() as book:
            ids = [one.id for one in book.in_package(package)]
        if not ids:
            raise UnknownId("package", package, [])
        return ids


def _wave_of(waves: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {own: wave for wave, ids in waves.items() for own in ids}


def folded_texts(pack: Pack, texts: Mapping[str, tuple[Cell, str]]) -> Folded:
    """Texts by their id, each with its cell and its template, folded without their frame.

    What is in the pack no more has no frame that the pack knows of, and is read whole.
    """

    def words(own: str, template: str) -> str:
        cell = texts[own][0]
        return to_read(pack, cell, template) if _known(pack, cell) else template

    def address(own: str) -> str:
        cell = texts[own][0]
        return address_of(pack, cell) if _known(pack, cell) else ""

    return folded([(own, cell.locale, template) for own, (cell, template) in texts.items()], words, address)


def _known(pack: Pack, cell: Cell) -> bool:
    return cell.campaign in pack.campaigns and cell.channel in pack.channels and cell.age in pack.ages


def _bundled(item: Item, package: str, wave: str, looked: Looked, by: Person, now: dt.datetime) -> Item:
    update = {"package": package, "wave": wave, "version": item.version + 1, "content": looked.content}
    makers = item.makers if by.login in item.makers else (*item.makers, by.login)
    return item.model_copy(update={**update, "makers": makers, "changed_by": by.login, "changed_at": now})
