"""How much working time is left until an action is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.action import Action
from assistant.domain.working_time import WorkCalendar


@dataclass(frozen=True, slots=True)
class Countdown:
    """`left`: working time until it is due, negative: since it was. `running`: whether the owner is at work, so that
    the time runs; `turns_at`: when that changes next (naive, local)."""

    left: dt.timedelta
    running: bool
    turns_at: dt.datetime | None


def countdown(action: Action, now: dt.datetime, calendar: WorkCalendar) -> Countdown:
    """The countdown of an action at a moment (naive, local). Due times count working time, so it stands still outside
    the owner's hours."""
    running, turns_at = calendar.turn(action.owner, now)
    if action.due_at < now:
        return Countdown(-calendar.between(action.owner, action.due_at, now), running, turns_at)
    return Countdown(calendar.between(action.owner, now, action.due_at), running, turns_at)
