"""What is at hand in a call: the customer's record, what was said to them before, the script."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Action
from assistant.domain.script import Script
from assistant.domain.values import Locale
from assistant.errors import CopydeskError, InputError
from assistant.playbook.database import local
from assistant.playbook.record import Record
from assistant.playbook.touches import Touch, touches
from assistant.writing.scripts.of_actions import record_of
from ui.surface import Caller

KEPT_S = 1800.0
"""So long a script stays the same for who comes back to a call."""
MOST = 200
"""Calls that are held."""


@dataclass(frozen=True)
class Call:
    """A call that is open: `state` of its action, `record` of the customer, or `why` there is none; what was sent, and
    what came of this customer's calls, the newest first."""

    action: Action
    state: str
    record: Record | None
    why: CopydeskError | None
    touches: Sequence[Touch]
    outcomes: Sequence[Mapping[str, Any]]

    @property
    def seen(self) -> int:
        """How many outcomes of this very action there are."""
        return sum(one["action"] == self.action.action_id for one in self.outcomes)


@dataclass(frozen=True)
class _Held:
    at: float
    record: Record
    scripts: Mapping[str, Script] = field(default_factory=dict)
    """By what was asked for: a language, or nothing for the customer's."""


class AtHand:
    """Gathers it from the desk. Records and scripts are held for a while, so that a word typed is checked at once."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk, self._clock = desk, clock
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()
        self._lock = threading.Lock()

    def call(self, own: str, caller: Caller) -> Call:
        """A call with the customer as they are now. UnknownId where it is none of theirs."""
        desk = self._desk
        action = desk.actions.store.action(own, caller.managers)
        story = desk.actions.story(action.customer_id, caller.managers)
        state = next(one["state"] for one in story["actions"] if one["action_id"] == own)
        came = list(reversed(story["outcomes"]))
        try:
            record = self._read(action)
            sent = self._touches(action, caller)
        except CopydeskError as error:
            return Call(action, state, None, error, (), came)
        return Call(action, state, record, None, sent, came)

    def script(self, own: str, caller: Caller, locale: Locale | Literal[""] = "") -> tuple[Action, Record, Script]:
        """The script of a call in the customer's language or in another, as it was given before where that is not long
        ago. Raises as the desk's writer does."""
        desk = self._desk
        action = desk.actions.store.action(own, caller.managers)
        held = self._known(action)
        if held is None:
            self._read(action)
            held = self._known(action)
            assert held is not None
        known = (one for one in held.scripts.values() if one.locale == locale)
        script = held.scripts.get(locale) or next(known, None)
        if script is None:
            script = desk.scripts.writer.write(held.record, action.trigger, locale or None)
            self._keep(action, replace(held, scripts={**held.scripts, locale: script}))
        return action, held.record, script

    def _read(self, action: Action) -> Record:
        desk = self._desk
        if desk.actions.place is None:
            raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
        record = record_of(desk.pack, desk.actions, desk.actions.place, action.customer_id, action.fired_at)
        known = self._known(action)
        self._keep(action, replace(known, record=record) if known else _Held(self._clock(), record))
        return record

    def _touches(self, action: Action, caller: Caller) -> list[Touch]:
        desk, own = self._desk, action.customer_id
        now = local(caller.now, desk.pack.institution.timezone)
        assert desk.actions.place is not None
        return touches(desk.pack, desk.actions.place, own, now, desk.actions.store.posted([own]))

    def _key(self, action: Action) -> tuple[str, str]:
        return action.action_id, self._desk.pack.version

    def _known(self, action: Action) -> _Held | None:
        with self._lock:
            held = self._held.get(self._key(action))
            return held if held and self._clock() - held.at < KEPT_S else None

    def _keep(self, action: Action, held: _Held) -> None:
        with self._lock:
            self._held[self._key(action)] = held
            self._held.move_to_end(self._key(action))
            while len(self._held) > MOST:
                self._held.popitem(last=False)
