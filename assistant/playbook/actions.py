"""Next actions kept: scans and posted events against what is stored, outcomes obeyed at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.action import Action
from assistant.domain.action import Outcome as Outcome
from assistant.domain.pack import Pack
from assistant.errors import Forbidden
from assistant.playbook.arbitration import posterior
from assistant.playbook.database import local
from assistant.playbook.live import Live
from assistant.playbook.scan import History, Scanned, scan
from assistant.playbook.standing import Past

SUCCESS = ("interested", "bought")
"""Outcomes that count as a success of the action."""
TRIED = ("reached", "refused", "do_not_contact", "complaint", *SUCCESS)
"""Outcomes that say anything about how likely an action is to succeed; not reached says nothing."""
Told = tuple[Action, bool]
"""An action and whether it is new."""
Engine = Callable[[Pack, Path | str, dt.datetime, History], Scanned]


class Store(Protocol):
    """What the playbook needs of the database."""

    def last_scan(self) -> dt.datetime | None: ...
    def keep(self, as_of: dt.datetime, knowledge: str, found: Sequence[Action]) -> Mapping[str, Told]: ...
    def merge(self, found: Sequence[Action]) -> Mapping[str, Told]: ...
    def since(self, moment: dt.datetime, customers: Collection[str] | None = None) -> Sequence[tuple[Action, str]]: ...
    def of_customers(
        self, customers: Collection[str] | None = None, managers: Collection[str] | None = None
    ) -> Sequence[tuple[Action, str]]: ...
    def action(self, own: str, managers: Collection[str] | None = None) -> Action: ...
    def queue(self, managers: Collection[str] | None = None, owner: str | None = None) -> Sequence[Action]: ...
    def overdue(self, managers: Collection[str] | None, owner: str, now: dt.datetime) -> int: ...
    def managers(self) -> Collection[str]: ...
    def reassign(self, given: Mapping[str, str]) -> Collection[str]: ...
    def record(
        self, action: Action, outcome: Outcome, note: str, by: str, at: dt.datetime, seen: int | None = None
    ) -> None: ...
    def outcomes(
        self, customer: str | None = None, managers: Collection[str] | None = None
    ) -> Sequence[Mapping[str, Any]]: ...
    def tally(self) -> Sequence[tuple[str, str, str, str, int]]: ...
    def came_to(self, outcome: Outcome, customers: Collection[str] | None = None) -> Collection[str]: ...
    def post(self, events: Sequence[Mapping[str, Any]]) -> Collection[str]: ...
    def posted(self, customers: Collection[str]) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True)
class NextActions:
    """Scans that remember: each action is kept once, whatever is killed and started again."""

    pack: Pack
    store: Store
    place: Path | str | None = None
    opened_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def scan(self, place: Path | str, as_of: dt.datetime, engine: Engine = scan) -> tuple[Scanned, list[Told]]:
        """Scan and keep, in one transaction; every action of the window in order, with whether it is new."""
        now = local(as_of, self.pack.institution.timezone)
        scanned = engine(self.pack, place, now, self.history(now))
        kept = self.store.keep(now, self.pack.version, scanned.actions)
        return scanned, [kept[one.action_id] for one in scanned.actions]

    @cached_property
    def live(self) -> Live:
        """The tables in memory, for events as they come. They are read when the first event comes."""
        assert self.place is not None
        return Live(self.pack, self.place, local(self.opened_at, self.pack.institution.timezone))

    def post(self, events: Sequence[Mapping[str, Any]]) -> tuple[Collection[str], list[Told]]:
        """Keep events (at: naive, local) and act on the new ones: their ids, and the actions that they lead to."""
        fresh = self.store.post(events)
        new = list({one["event_id"]: one for one in events if one["event_id"] in fresh}.values())
        if not new:
            return fresh, []
        customers = {one["customer_id"] for one in new}
        earlier = [one for one in self.store.posted(customers) if one["event_id"] not in fresh]
        found = self.live.actions(new, earlier, self.history(max(one["at"] for one in new), customers))
        kept = self.store.merge(found)
        return fresh, [kept[one.action_id] for one in found]

    def record(
        self,
        own: str,
        outcome: Outcome,
        note: str,
        by: str,
        at: dt.datetime,
        whose: Collection[str] | None = None,
        seen: int | None = None,
    ) -> Action:
        """Keep what came of an action. Who asks not to be contacted is obeyed from this moment on.

        `whose`: the managers whose customers may be asked for; None for all. UnknownId for any other, Forbidden for
        what another desk does for a customer of theirs. `seen`: how many outcomes of it one knew of; Stale where
        there are more, so that a call is not logged twice.
        """
        action = self.store.action(own, whose)
        if whose is not None and action.owner != "relationship_manager":
            raise Forbidden(f"The action {own} is the {action.owner.replace('_', ' ')}'s.", "Leave it to them.")
        self.store.record(action, outcome, note, by, local(at, self.pack.institution.timezone), seen)
        return action

    def history(self, now: dt.datetime, customers: Collection[str] | None = None) -> History:
        """What the store knows before a scan at `now`, of some customers or of all."""
        longest = max((one.cooldown for one in self.pack.triggers.values()), default=dt.timedelta())
        past: dict[str, list[Past]] = {}
        for one, state in self.store.since(now - longest - dt.timedelta(days=1), customers):
            done = state == "done"
            row = Past(one.action_id, one.trigger, one.customer_id, one.fired_at, one.kind, one.score, done)
            past.setdefault(one.customer_id, []).append(row)
        tried = [row for row in self.store.tally() if row[3] in TRIED]
        learned = posterior(((own, segment, age), came in SUCCESS, n) for own, segment, age, came, n in tried)
        refused = frozenset(self.store.came_to("do_not_contact", customers))
        last = self.store.last_scan()
        return History(last if last and last < now else None, past, learned, refused)

    def story(self, customer: str, whose: Collection[str] | None = None) -> dict[str, Any]:
        """Everything that was decided about one customer, oldest first, and what came of it; of some managers' only."""
        zone = self.pack.institution.timezone
        kept = self.store.of_customers([customer], whose)
        actions = [{**one.line(False, zone), "state": state} for one, state in kept]
        return {"customer_id": customer, "actions": actions, "outcomes": list(self.store.outcomes(customer, whose))}
