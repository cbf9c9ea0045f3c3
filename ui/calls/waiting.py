"""Which calls wait: the open actions of a manager or of a team, in order, each with its countdown and its names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Action
from assistant.errors import CopydeskError
from assistant.playbook.absence import OWNER
from assistant.playbook.countdown import Countdown, countdown
from assistant.playbook.database import local
from assistant.playbook.queue import Queued, queues
from ui.calls.given import Which
from ui.surface import Caller


@dataclass(frozen=True)
class Waiting:
    """One call of the queue. `who`, `manager`: as they are called, or their ids."""

    queued: Queued
    count: Countdown
    who: str
    manager: str

    @property
    def action(self) -> Action:
        """The action."""
        return self.queued.action


@dataclass(frozen=True)
class Queue:
    """The calls that wait, as of a moment (local)."""

    view: Which
    now: dt.datetime
    calls: Sequence[Waiting]

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum(one.queued.state == "overdue" for one in self.calls)


def seen_by(caller: Caller, view: Which) -> Which:
    """Whose calls are shown: the team's to a lead, unless their own are asked for and they have any."""
    if not caller.person.is_a("lead"):
        return "mine"
    return "mine" if view == "mine" and caller.person.manager else "team"


def waiting(desk: Desk, caller: Caller, view: Which) -> Queue:
    """The queue of who asks: in the desk's order, a team's with all that is overdue first."""
    view = seen_by(caller, view)
    own = frozenset({caller.person.manager} if caller.person.manager else ())
    whose = own if view == "mine" else caller.managers
    calendar = desk.pack.calendar
    assert calendar is not None, "a pack with triggers has a calendar"
    now = local(caller.now, desk.pack.institution.timezone)
    found = queues(desk.actions.store.queue(whose, OWNER), now, calendar)
    if view == "team":
        found.sort(key=lambda one: (one.state != "overdue", one.action.due_at, -one.action.score))
    names, managers = called(desk, [one.action for one in found])
    return Queue(
        view,
        now,
        [
            Waiting(
                one,
                countdown(one.action, now, calendar),
                names[one.action.customer_id],
                managers.get(one.action.manager or "", one.action.manager or ""),
            )
            for one in found
        ],
    )


def called(desk: Desk, actions: Sequence[Action]) -> tuple[dict[str, str], dict[str, str]]:
    """What customers and managers of actions are called, by id. The ids stand where the tables cannot be read: a call
    is due all the same."""
    ids = {one.customer_id for one in actions}
    try:
        named, managers = desk.names.of(ids), desk.names.managers()
    except CopydeskError:
        named, managers = {}, {}
    return {own: named.get(own) or own for own in ids}, dict(managers)
