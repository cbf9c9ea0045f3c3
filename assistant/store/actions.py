"""Actions, their outcomes and the scans that found them: a scan is one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, true

from assistant.domain.action import Action, Suppressed
from assistant.errors import Stale, UnknownId
from assistant.store.database import Database
from assistant.store.near import near
from assistant.store.once import alone
from assistant.store.schema import actions, outcomes, posted, scans

OPEN, SUPPRESSED, DONE = "open", "suppressed", "done"
_CHUNK = 500


class ActionStore:
    """Keeps actions. The same action is kept once; one that was suppressed opens when a later scan lets it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_scan(self) -> dt.datetime | None:
        """As of when the last scan was; None before the first."""
        with self._database.reading() as connection:
            return connection.execute(select(func.max(scans.c.as_of))).scalar()

    def keep(self, as_of: dt.datetime, knowledge: str, found: Sequence[Action]) -> dict[str, tuple[Action, bool]]:
        """Keep a scan's actions; returns each as it now stands, and whether it is new.

        What stands already stays as it was stored. A sale that gives way to one of more worth is suppressed by it.
        """
        with self._database.begin() as connection:
            told = self._merged(connection, found)
            row = {"as_of": as_of, "knowledge": knowledge, "found": len(found), "ended_at": dt.datetime.now(dt.UTC)}
            connection.execute(scans.insert().values(**row))
        return told

    def _merged(self, connection: Connection, found: Sequence[Action]) -> dict[str, tuple[Action, bool]]:
        alone(connection, "actions")
        known = _known(connection, [one.action_id for one in found])
        told: dict[str, tuple[Action, bool]] = {}
        fresh, changed = [], []
        for one in found:
            stored, state = known.get(one.action_id, (None, ""))
            told[one.action_id] = (one, True)
            if stored is None:
                fresh.append(one)
            elif (state == SUPPRESSED) == (one.suppressed is not None) or state == DONE:
                told[one.action_id] = (stored, False)
            else:
                changed.append(one)
                told[one.action_id] = (one, state == SUPPRESSED)
        if fresh:
            connection.execute(actions.insert(), [_row(one) for one in fresh])
        for one in changed:
            connection.execute(actions.update().where(actions.c.id == one.action_id).values(**_row(one)))
        return told

    def of_customers(
        self, customers: Collection[str] | None = None, managers: Collection[str] | None = None
    ) -> list[tuple[Action, str]]:
        """Kept actions with their state, of some customers or of all, of some managers or of all."""
        query = select(actions.c.body, actions.c.state).order_by(actions.c.fired_at, actions.c.id)
        query = query.where(_theirs(managers))
        if customers is not None:
            query = query.where(actions.c.customer.in_(sorted(customers)))
        with self._database.reading() as connection:
            return [(Action.model_validate(row.body), row.state) for row in connection.execute(query)]

    def since(self, moment: dt.datetime, customers: Collection[str] | None = None) -> list[tuple[Action, str]]:
        """Actions of some customers or of all that were not suppressed and fired after a moment, with their state."""
        query = select(actions.c.body, actions.c.state).where(
            actions.c.state != SUPPRESSED, actions.c.fired_at > moment
        )
        if customers is not None:
            query = query.where(actions.c.customer.in_(sorted(customers)))
        with self._database.reading() as connection:
            return [(Action.model_validate(row.body), row.state) for row in connection.execute(query)]

    def tally(self) -> list[tuple[str, str, str, str, int]]:
        """How often each outcome came: trigger, segment, age band, outcome, count."""
        by = (outcomes.c.trigger, outcomes.c.segment, outcomes.c.age, outcomes.c.outcome)
        with self._database.reading() as connection:
            return [tuple(row) for row in connection.execute(select(*by, func.count()).group_by(*by).order_by(*by))]

    def came_to(self, outcome: str, customers: Collection[str] | None = None) -> set[str]:
        """Those of some customers, or of all, of whom an outcome was recorded."""
        query = select(outcomes.c.customer).where(outcomes.c.outcome == outcome)
        if customers is not None:
            query = query.where(outcomes.c.customer.in_(sorted(customers)))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def post(self, events: Sequence[Mapping[str, Any]]) -> set[str]:
        """Keep events that were posted; returns the ids of those that are new."""
        ids = [one["event_id"] for one in events]
        with self._database.begin() as connection:
            alone(connection, "actions")
            known: set[str] = set()
            for start in range(0, len(ids), _CHUNK):
                query = select(posted.c.id).where(posted.c.id.in_(ids[start : start + _CHUNK]))
                known |= set(connection.execute(query).scalars())
            fresh = {one["event_id"]: one for one in events if one["event_id"] not in known}
            if fresh:
                connection.execute(posted.insert(), [_posted(one) for one in fresh.values()])
        return set(fresh)

    def posted(self, customers: Collection[str]) -> list[dict[str, Any]]:
        """Events of some customers that were posted, oldest first."""
        query = select(posted.c.body, posted.c.at).where(posted.c.customer.in_(sorted(customers))).order_by(posted.c.at)
        with self._database.reading() as connection:
            return [{**row.body, "at": row.at} for row in connection.execute(query)]

    def merge(self, found: Sequence[Action]) -> dict[str, tuple[Action, bool]]:
        """Keep actions that events led to between two scans; returns each as it stands, and whether it is new."""
        with self._database.begin() as connection:
            return self._merged(connection, found)

    def action(self, own: str, managers: Collection[str] | None = None) -> Action:
        """A kept action, of some managers or of all; UnknownId where there is none, or none of theirs."""
        theirs = _theirs(managers)
        with self._database.reading() as connection:
            row = connection.execute(select(actions.c.body).where(actions.c.id == own, theirs)).first()
            if row is None:
                raise UnknownId("action", own, near(connection, actions.c.id, own, theirs))
            return Action.model_validate(row.body)

    def queue(self, managers: Collection[str] | None = None, owner: str | None = None) -> list[Action]:
        """Open actions, of some managers or of an owner, or all."""
        query = select(actions.c.body).where(actions.c.state == OPEN, _theirs(managers))
        if owner is not None:
            query = query.where(actions.c.owner == owner)
        with self._database.reading() as connection:
            return [Action.model_validate(row.body) for row in connection.execute(query)]

    def overdue(self, managers: Collection[str] | None, owner: str, now: dt.datetime) -> int:
        """How many open actions of an owner were due before a moment (local): an index answers it."""
        query = select(func.count()).where(
            actions.c.state == OPEN, actions.c.owner == owner, actions.c.due_at < now, _theirs(managers)
        )
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def managers(self) -> set[str]:
        """Every manager who ever had an action."""
        with self._database.reading() as connection:
            query = select(actions.c.manager).where(actions.c.manager.is_not(None)).distinct()
            return set(connection.execute(query).scalars())

    def reassign(self, given: Mapping[str, str]) -> set[str]:
        """Give actions to other managers, by action; returns those that were still open and have changed hands."""
        changed: set[str] = set()
        with self._database.begin() as connection:
            for own, manager in given.items():
                query = select(actions.c.body).where(actions.c.id == own, actions.c.state == OPEN)
                for row in connection.execute(query).all():
                    one = Action.model_validate(row.body).model_copy(update={"manager": manager})
                    connection.execute(actions.update().where(actions.c.id == own).values(**_row(one)))
                    changed.add(own)
        return changed

    def record(
        self, action: Action, outcome: str, note: str, by: str, at: dt.datetime, seen: int | None = None
    ) -> None:
        """Keep an outcome and close the action; who must not be contacted has all open sales suppressed at once.

        `seen`: how many outcomes of the action are known to who records; Stale where there are others by now.
        """
        row = {"action": action.action_id, "customer": action.customer_id, "outcome": outcome, "note": note, "by": by}
        row |= {"trigger": action.trigger, "segment": action.audience[0], "age": action.audience[1]}
        with self._database.begin() as connection:
            if seen is not None:
                alone(connection, "actions")
                _unchanged(connection, action.action_id, seen)
            connection.execute(outcomes.insert().values(**row, at=at))
            if outcome != "no_answer":
                connection.execute(actions.update().where(actions.c.id == action.action_id).values(state=DONE))
            if outcome in ("do_not_contact", "complaint"):
                _silence(connection, action.customer_id, outcome)

    def outcomes(self, customer: str | None = None, managers: Collection[str] | None = None) -> list[dict[str, Any]]:
        """What came of actions, oldest first, of some managers' or of all."""
        query = select(outcomes).order_by(outcomes.c.at, outcomes.c.id)
        if managers is not None:
            query = query.where(outcomes.c.action.in_(select(actions.c.id).where(_theirs(managers))))
        if customer is not None:
            query = query.where(outcomes.c.customer == customer)
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _theirs(managers: Collection[str] | None) -> ColumnElement[bool]:
    """Actions of some managers; of all where None is given, of none where the collection is empty."""
    return true() if managers is None else actions.c.manager.in_(sorted(managers))


def _unchanged(connection: Connection, own: str, seen: int) -> None:
    query = select(outcomes.c.by).where(outcomes.c.action == own).order_by(outcomes.c.id)
    by = connection.execute(query).scalars().all()
    if len(by) != seen:
        what = f"The outcome of {own} was logged in the meantime."
        raise Stale(what, "Look at the call again.", by=by[-1] if by else "", version=len(by))


def _posted(one: Mapping[str, Any]) -> dict[str, Any]:
    body = {key: value for key, value in one.items() if key != "at"}
    return {"id": one["event_id"], "customer": one["customer_id"], "at": one["at"], "body": body}


def _silence(connection: Connection, customer: str, why: str) -> None:
    query = select(actions.c.body).where(
        actions.c.customer == customer, actions.c.state == OPEN, actions.c.kind == "sales"
    )
    for row in connection.execute(query).all():
        held = Suppressed(by=why, why=f"the customer's answer on the telephone: {why}")
        one = Action.model_validate(row.body).model_copy(update={"suppressed": held})
        connection.execute(actions.update().where(actions.c.id == one.action_id).values(**_row(one)))


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Action | None, str]]:
    found: dict[str, tuple[Action | None, str]] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(actions.c.id, actions.c.body, actions.c.state).where(
            actions.c.id.in_(ids[start : start + _CHUNK])
        )
        for row in connection.execute(query):
            found[row.id] = (Action.model_validate(row.body), row.state)
    return found


def _row(one: Action) -> dict[str, Any]:
    return {
        "id": one.action_id,
        "trigger": one.trigger,
        "customer": one.customer_id,
        "owner": one.owner,
        "manager": one.manager,
        "kind": one.kind,
        "state": SUPPRESSED if one.suppressed else OPEN,
        "fired_at": one.fired_at,
        "due_at": one.due_at,
        "score": one.score,
        "body": one.model_dump(mode="json"),
    }
