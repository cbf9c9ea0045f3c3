"""Scripts of a desk's own customers: the record is read, the script written and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.pack import Pack
from assistant.domain.script import Script
from assistant.domain.values import Locale
from assistant.errors import InputError, UnknownId
from assistant.playbook.actions import NextActions
from assistant.playbook.database import local
from assistant.playbook.record import Record, read_record
from assistant.writing.scripts.writer import WritesScripts


@dataclass(frozen=True)
class Scripts:
    """Writes the scripts of actions."""

    pack: Pack
    writer: WritesScripts
    actions: NextActions

    def of(
        self, place: Path | str, customer: str, trigger: str, as_of: dt.datetime, locale: str | None = None
    ) -> Script:
        """What is said to a customer for whom a trigger fired as of a moment. Raises UnknownId, InputError."""
        spoken = spoken_in(self.pack, locale)
        return self.writer.write(record_of(self.pack, self.actions, place, customer, as_of), trigger, spoken)

    def of_action(self, own: str, locale: str | None = None, whose: Collection[str] | None = None) -> Script:
        """The script of a kept action, as of the moment when it fired. `whose`: the managers whose it may be."""
        action = self.actions.store.action(own, whose)
        if self.actions.place is None:
            raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
        return self.of(self.actions.place, action.customer_id, action.trigger, action.fired_at, locale)


def record_of(pack: Pack, actions: NextActions, place: Path | str, customer: str, as_of: dt.datetime) -> Record:
    """A customer as of a moment, with what was posted and what earlier scans found. Raises UnknownId."""
    now = local(as_of, pack.institution.timezone)
    return read_record(pack, place, customer, now, actions.history(now, {customer}), actions.store.posted([customer]))


def spoken_in(pack: Pack, given: str | None) -> Locale | None:
    """A locale by its name. Raises UnknownId."""
    found = next((own for own in pack.locales if own == given), None)
    if given is not None and found is None:
        raise UnknownId("locale", given, pack.locales)
    return found
