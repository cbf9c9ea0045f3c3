"""How a customer was spoken to lately: what was sent, opened, clicked, and calls, from the tables and from posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.pack import Pack
from assistant.playbook.database import connect, rows
from assistant.playbook.origins import origins, quoted
from assistant.playbook.problems import Reading
from assistant.playbook.source import Slice, fill
from assistant.playbook.tables import EVENTS

KINDS = ("touch_sent", "touch_opened", "touch_clicked", "call_made")
MOST = 10


@dataclass(frozen=True, slots=True)
class Touch:
    """One touch of a customer: its kind of event, when (local), over which channel where that is known."""

    kind: str
    at: dt.datetime
    channel: str | None


def touches(
    pack: Pack, place: Path | str, customer: str, now: dt.datetime, posted: Sequence[Mapping[str, Any]] = ()
) -> list[Touch]:
    """The last touches of one customer up to `now` (naive, local), the newest first. `posted`: events that came beside
    the tables. Raises FileError, InputError."""
    found = {one["event_id"]: _posted(one) for one in posted if one["kind"] in KINDS and one["at"] <= now}
    found |= _read(pack, place, customer, now)
    return sorted(found.values(), key=lambda one: (one.at, one.kind), reverse=True)[:MOST]


def _read(pack: Pack, place: Path | str, customer: str, now: dt.datetime) -> dict[str, Touch]:
    database = connect(pack.institution.timezone)
    try:
        kinds = ", ".join(f"'{kind}'" for kind in KINDS)
        mine = (f"trim(customer_id::varchar) = '{quoted(customer)}'", f"trim(kind::varchar) in ({kinds})")
        chosen = Slice(mine, f"timestamp '{now}'", "true", told=False, whole=False)
        fill(database, "events", EVENTS, origins(database, Path(place))["events"], chosen, Reading())
        query = 'select event_id, kind, "at", attributes.channel from events order by "at" desc limit ?'
        return {own: Touch(kind, at, channel) for own, kind, at, channel in rows(database, query, [MOST])}
    finally:
        database.close()


def _posted(one: Mapping[str, Any]) -> Touch:
    channel = (one.get("attributes") or {}).get("channel")
    return Touch(one["kind"], one["at"], channel if isinstance(channel, str) else None)
