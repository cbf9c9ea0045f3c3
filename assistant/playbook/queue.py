"""The queue of a manager: by value at risk, due time, and what can still be reached today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.domain.action import Action
from assistant.domain.working_time import WorkCalendar

CALL_MINUTES = 15
"""A call with what is written down after it."""
State = Literal["overdue", "on_time", "late", "tomorrow"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a manager has left today: calls of so many minutes, until an hour; `absent`: none at all."""

    minutes: int = CALL_MINUTES
    until: dt.time | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """An action and its place: when the manager comes to it, and whether that is in time."""

    action: Action
    at: dt.datetime | None
    state: State


def queue(actions: Sequence[Action], now: dt.datetime, calendar: WorkCalendar, capacity: Capacity) -> list[Queued]:
    """One manager's actions in the order in which to call.

    Each call takes one place of the day. Those of most worth that can be reached in time are chosen first: with calls
    of equal length no other choice keeps more worth. They are called by due time; what is overdue comes as soon as no
    chosen call is late for it, and what cannot be in time comes last.
    """
    places = _places(now, calendar, capacity)
    worth = sorted(actions, key=lambda one: (-one.score, one.due_at, one.action_id))
    overdue = [one for one in worth if one.due_at < now]
    chosen: list[Action] = []
    left: list[Action] = []
    for one in (one for one in worth if one.due_at >= now):
        wider = sorted([*chosen, one], key=lambda other: (other.due_at, -other.score, other.action_id))
        if _in_time(wider, places):
            chosen = wider
        else:
            left.append(one)
    ordered: list[Action] = []
    while chosen or overdue:
        # A place may go to an overdue call where all that is chosen can wait for one.
        if overdue and _in_time(chosen, places[len(ordered) + 1 :]):
            ordered.append(overdue.pop(0))
        elif chosen:
            ordered.append(chosen.pop(0))
        else:
            ordered.append(overdue.pop(0))
    return [_queued(one, place, places, now) for place, one in enumerate([*ordered, *left])]


def _in_time(ordered: Sequence[Action], places: Sequence[dt.datetime]) -> bool:
    """Whether calls in this order, one a place, all begin before they are due."""
    if len(ordered) > len(places):
        return False
    return all(at <= one.due_at for at, one in zip(places, ordered, strict=False))


def queues(
    actions: Sequence[Action],
    now: dt.datetime,
    calendar: WorkCalendar,
    capacities: Mapping[str, Capacity] | None = None,
) -> list[Queued]:
    """The queues of all managers, one after another: a lead's view."""
    by_manager: dict[str, list[Action]] = {}
    for one in actions:
        by_manager.setdefault(one.manager or "", []).append(one)
    known = capacities or {}
    return [
        queued
        for own, theirs in sorted(by_manager.items())
        for queued in queue(theirs, now, calendar, known.get(own, Capacity()))
    ]


def shared(actions: Sequence[Action], absent: Sequence[str], present: Mapping[str, int]) -> dict[str, str]:
    """A manager for each action of the absent: always the one with least to do. `present`: open calls by manager."""
    load, given = dict(present), {}
    for one in sorted(actions, key=lambda one: (one.due_at, -one.score, one.action_id)):
        if one.manager in absent and load:
            manager = min(load, key=lambda own: (load[own], own))
            load[manager] += 1
            given[one.action_id] = manager
    return given


def overdue(queued: Sequence[Queued]) -> dict[str, int]:
    """What the lead is told: how many calls of each manager are overdue."""
    return dict(Counter(one.action.manager or "" for one in queued if one.state == "overdue"))


def _places(now: dt.datetime, calendar: WorkCalendar, capacity: Capacity) -> list[dt.datetime]:
    """Beginnings of the calls that still fit into the manager's day."""
    owner = "relationship_manager"
    if capacity.absent or not calendar.works(owner, now.date()):
        return []
    start, end = calendar.owners[owner].on(now.date())
    end = min(end, dt.datetime.combine(now.date(), capacity.until)) if capacity.until else end
    at, found, length = max(now, start), [], dt.timedelta(minutes=capacity.minutes)
    while at + length <= end:
        found.append(at)
        at += length
    return found


def _queued(one: Action, place: int, places: Sequence[dt.datetime], now: dt.datetime) -> Queued:
    at = places[place] if place < len(places) else None
    if one.due_at < now:
        return Queued(one, at, "overdue")
    if at is None:
        return Queued(one, None, "tomorrow")
    return Queued(one, at, "on_time" if at <= one.due_at else "late")
