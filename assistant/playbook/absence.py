"""The calls of the absent: shared out among those who are there, always to the one with least to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.errors import Forbidden, InputError, UnknownId
from assistant.playbook.actions import NextActions
from assistant.playbook.database import connect, rows
from assistant.playbook.origins import origins
from assistant.playbook.queue import shared

OWNER = "relationship_manager"


@dataclass(frozen=True, slots=True)
class Handed:
    """A call that goes to another manager."""

    action: Action
    was: str
    manager: str

    def line(self, zone: str) -> dict[str, Any]:
        """As one line of `copydesk reassign --json`."""
        told = self.action.line(False, zone)
        kept = {key: told[key] for key in ("action_id", "customer_id", "trigger", "due_at")}
        return {**kept, "was": self.was, "manager": self.manager}


def reassign(desk: NextActions, absent: Sequence[str], to: Sequence[str] = (), dry_run: bool = False) -> list[Handed]:
    """Give the open calls of the absent to the managers named, or to all others who have open calls.

    Raises UnknownId for a manager whom nobody knows, InputError where nobody is there to take the calls.
    """
    known = {*desk.store.managers(), *managers_of(desk.pack, desk.place)}
    for own in (*absent, *to):
        if own not in known:
            raise UnknownId("manager", own, known)
    if both := sorted({*absent} & {*to}):
        raise InputError(f"{', '.join(both)} cannot be absent and take calls.", "Name others with --to.")
    calls = desk.store.queue(None, OWNER)
    load = {own: sum(one.manager == own for one in calls) for own in to or {one.manager for one in calls}}
    present = {own: count for own, count in load.items() if own and own not in absent}
    given = shared(calls, absent, present)
    if not present and any(one.manager in absent for one in calls):
        raise InputError("Nobody else has an open call, so nobody is known to be there.", "Name managers with --to.")
    changed: Collection[str] = given if dry_run else desk.store.reassign(given)
    found = [Handed(one, one.manager or "", given[one.action_id]) for one in calls if one.action_id in changed]
    return sorted(found, key=lambda one: (one.action.due_at, -one.action.score, one.action.action_id))


def hand_over(
    desk: NextActions,
    whose: frozenset[str] | None,
    absent: Sequence[str],
    to: Sequence[str] = (),
    dry_run: bool = False,
) -> list[Handed]:
    """Give the open calls of the absent to others of a lead's team. `whose`: the managers of the team; None for all.

    Raises Forbidden for a manager of another team, and what `reassign` raises.
    """
    if whose is not None:
        if strange := sorted({*absent, *to} - whose):
            raise Forbidden(f"{strange[0][:64]} is not of your team.", "Name managers of your own team.")
        to = to or sorted(whose - set(absent))
    return reassign(desk, absent, to, dry_run)


def managers_of(pack: Pack, place: Path | str | None) -> set[str]:
    """The managers of the customers in the tables; none where no tables are named."""
    if place is None:
        return set()
    database = connect(pack.institution.timezone)
    try:
        relation = origins(database, Path(place))["customers"].relation
        columns = {name for name, *_ in rows(database, f"describe select * from {relation}")}
        if "rm_id" not in columns:
            return set()
        return {own for (own,) in rows(database, f"select distinct rm_id::varchar from {relation}") if own}
    finally:
        database.close()
