"""What the desk allows: one function that says why a move may not be made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.finding import Checked
from assistant.domain.item import JUDGED, MOVES, UNDOABLE, Act, Decision, Item
from assistant.domain.person import DESK, Person
from assistant.errors import Forbidden, Refused, Stale


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do with an item. `seen` is the version that they looked at, where they say so."""

    act: Act
    by: Person | None
    reason: str = ""
    comment: str = ""
    seen: int | None = None
    alone: bool = True
    """False for bulk: then what has findings is left out, comment or not."""


def judge(item: Item, wish: Wish, checked: Checked | None, now: dt.datetime) -> None:
    """Raise Forbidden, Stale or Refused where a wish may not be granted. `checked` is the text as it is found today."""
    move = MOVES[wish.act]
    who = wish.by.login if wish.by else DESK
    if wish.by is not None and not wish.by.is_a(*move.roles):
        needed = " or ".join(move.roles) or "the desk itself"
        raise Forbidden(f"To {wish.act} a text takes the role of {needed}.", "Ask somebody who has it.")
    _fresh(item, wish, now, who)
    if item.state not in move.sources:
        may = ", ".join(sorted(move.sources))
        raise Refused("state", f"The text {item.id} is {item.state}.", f"To {wish.act} it must be: {may}.")
    if wish.act in JUDGED and who in item.makers:
        raise Refused("own", f"The text {item.id} is {who}'s own.", "Somebody else must decide it.")
    if wish.act == "edit" and item.makers and who not in item.makers:
        raise Forbidden(f"The text {item.id} is {item.makers[0]}'s.", "Ask for changes instead of making them.")
    if move.needs_reason and not wish.reason:
        raise Refused("reason", f"To {wish.act} a text needs a reason.", "Choose one of the list.")
    if wish.act in ("submit", "approve", "release"):
        _sound(item, wish, checked)


def _fresh(item: Item, wish: Wish, now: dt.datetime, who: str) -> None:
    if wish.seen is not None and wish.seen != item.version:
        what = f"The text {item.id} was changed by {item.changed_by} at {item.changed_at:%Y-%m-%d %H:%M} UTC."
        raise Stale(what, "Look at it again, then decide.", by=item.changed_by, version=item.version)
    holder = item.holder(now)
    if holder not in (None, who) and wish.act in JUDGED:
        raise Refused("held", f"{holder} is deciding the text {item.id}.", "Take the next one, or wait.")


def _sound(item: Item, wish: Wish, checked: Checked | None) -> None:
    """Nothing that blocks goes on; a warning takes a person's word for it, one text at a time."""
    if checked is None:
        raise Refused("gone", f"What the text {item.id} speaks of is in the pack no more.", "Write it anew.")
    if checked.not_checked:
        named = "; ".join(f"{one.rule} needs {', '.join(one.needs)}" for one in checked.not_checked)
        what = f"Not everything in the text {item.id} could be checked: {named}."
        raise Refused("not_checked", what, "Give it.", ", ".join(one.rule for one in checked.not_checked))
    blocking = [one.rule for one in checked.findings if one.severity == "block"]
    if blocking:
        rules = ", ".join(blocking)
        raise Refused("blocked", f"The text {item.id} breaks {rules}.", "Mend the words first.", rules)
    if checked.findings and wish.act == "approve":
        if not wish.alone:
            raise Refused("findings", f"The text {item.id} has findings.", "Decide it by itself, with a comment.")
        if not wish.comment.strip():
            raise Refused("comment", f"The text {item.id} has a warning.", "Say in a comment why it may stand.")


def undoable(item: Item, last: Decision | None, wish: Wish) -> Decision:
    """The decision that an undo takes back: one's own, the last, before release. Raises Refused, Stale."""
    if wish.seen is not None and wish.seen != item.version:
        what = f"The text {item.id} was changed by {item.changed_by}."
        raise Stale(what, "Look at it again.", by=item.changed_by, version=item.version)
    if last is None or last.version != item.version or last.act not in UNDOABLE:
        raise Refused("state", f"There is no decision on {item.id} to undo: it is {item.state}.", "Retire it instead.")
    if wish.by is None or last.by != wish.by.login:
        raise Forbidden(f"The last decision on {item.id} is {last.by}'s.", "They alone can undo it.")
    return last
