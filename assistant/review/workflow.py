"""The workflow: texts are submitted, decided, released; each move with its audit row in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.domain.draft import Variant
from assistant.domain.finding import Checked
from assistant.domain.item import MOVES, Decision, Item, content_of
from assistant.domain.person import DESK
from assistant.errors import Refused, UnknownId
from assistant.review.book import Book, Books, Look, Looked, Told
from assistant.review.rules import Wish, judge, undoable

LEASE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Workflow:
    """Grants wishes, or says why not."""

    books: Books
    look: Look
    reasons: Collection[str] = ()

    def do(
        self, ids: Sequence[str], wish: Wish, now: dt.datetime, seen: Mapping[str, int | None] | None = None
    ) -> list[Told]:
        """One wish for several items, in one transaction; what is refused leaves the others alone.

        `seen`: which version of each item was looked at.
        """
        if wish.reason and wish.by and self.reasons and wish.reason not in self.reasons:
            raise UnknownId("reason", wish.reason, self.reasons)
        ids = list(dict.fromkeys(ids))
        looked = self.look(ids)
        with self.books.book() as book:
            found = book.items(ids)
            wishes = {own: replace(wish, seen=(seen or {}).get(own, wish.seen)) for own in ids}
            return [self.granted(book, found[own], wishes[own], looked[own], now) for own in ids]

    def edit(self, own: str, variant: Variant, wish: Wish, now: dt.datetime) -> Item:
        """Put another text in an item's place. What was approved or submitted is a draft again."""
        looked = self.look([own])[own]
        with self.books.book() as book:
            item = book.items([own])[own]
            judge(item, wish, None, now)
            book.replace(item, variant)
            changed = item.model_copy(update={"draft": variant.id})
            content = content_of(variant.template, variant.text, item.cell, looked.knowledge)
            facts = sorted({claim.fact for claim in variant.claims if claim.fact})
            origin = {"draft": variant.id, "replaces": item.draft, "writer": variant.writer, "facts": facts}
            checked = Checked(id=own, verdict=variant.verdict, findings=[], claims=[], not_checked=[])
            return _moved(
                book, changed, item, wish, Looked(checked, variant.template, content, looked.knowledge, origin), now
            )

    def take(self, own: str, wish: Wish, now: dt.datetime) -> Item:
        """Take an item to decide it: ten minutes, longer if it is taken again. That it was seen goes into the audit."""
        assert wish.by is not None
        looked = self.look([own])[own]
        with self.books.book() as book:
            item = book.items([own])[own]
            holder = item.holder(now)
            if holder not in (None, wish.by.login):
                raise Refused("held", f"{holder} is deciding the text {own}.", "Take the next one, or wait.")
            book.hold(own, wish.by.login, now + LEASE)
            if holder is None:
                book.audit(now, wish.by.login, "saw", f"item:{own}", {"content": looked.content, **looked.origin})
            return item.model_copy(update={"held_by": wish.by.login, "held_until": now + LEASE})

    def granted(self, book: Book, item: Item, wish: Wish, looked: Looked, now: dt.datetime) -> Told:
        try:
            if wish.act == "undo":
                return Told(item.id, _undone(book, item, wish, now))
            judge(item, wish, looked.checked, now)
        except Refused as refused:
            return Told(item.id, None, refused)
        return Told(item.id, _moved(book, item, item, wish, looked, now))


def _moved(book: Book, item: Item, before: Item, wish: Wish, looked: Looked, now: dt.datetime) -> Item:
    """Write an item in its next state, the decision and its audit row."""
    who = wish.by.login if wish.by else DESK
    makers = item.makers if wish.act not in ("submit", "edit") or who in item.makers else (*item.makers, who)
    moved = item.model_copy(
        update={
            "state": MOVES[wish.act].target,
            "version": before.version + 1,
            "makers": makers,
            "content": looked.content,
            "knowledge": looked.knowledge,
            "verdict": looked.checked.verdict if looked.checked else item.verdict,
            "changed_by": who,
            "changed_at": now,
            "held_by": None,
            "held_until": None,
        }
    )
    book.put(moved)
    book.note(_decision(before, moved, wish, who, None), _body(before, moved, wish, looked.origin))
    return moved


def _undone(book: Book, item: Item, wish: Wish, now: dt.datetime) -> Item:
    last = undoable(item, book.last(item.id), wish)
    update = {"state": last.source, "version": item.version + 1, "changed_by": last.by, "changed_at": now}
    moved = item.model_copy(update=update)
    book.put(moved)
    book.note(_decision(item, moved, wish, last.by, last.id), _body(item, moved, wish, {"undoes": last.id}))
    return moved


def _decision(before: Item, moved: Item, wish: Wish, who: str, undoes: str | None) -> Decision:
    return Decision(
        id=uuid.uuid4().hex,
        item=moved.id,
        version=moved.version,
        act=wish.act,
        source=before.state,
        target=moved.state,
        by=who,
        at=moved.changed_at,
        reason=wish.reason,
        comment=wish.comment,
        content=moved.content,
        knowledge=moved.knowledge,
        undoes=undoes,
    )


def _body(before: Item, moved: Item, wish: Wish, origin: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit says of a move: enough to know what was decided, on which words, facts, model and prompt."""
    told = {"from": before.state, "to": moved.state, "version": moved.version, "content": moved.content}
    told |= {"reason": wish.reason, "comment": wish.comment, "knowledge": moved.knowledge}
    return {**told, **origin}


def refusals(told: Sequence[Told]) -> Iterator[Refused]:
    """The refusals among what was told."""
    return (one.refused for one in told if one.refused)
