"""Briefs that are kept: who asked, what it would cost, and the run that it is written as."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from assistant.domain.brief import Brief, brief_for
from assistant.domain.kept import KeptBrief
from assistant.domain.pack import Pack
from assistant.domain.person import Person, Role
from assistant.errors import Forbidden, InputError
from assistant.writing.matrix import Matrix
from assistant.writing.notes import without_identifiers
from assistant.writing.offers import send_day, size_of
from assistant.writing.report import Estimate
from assistant.writing.room import WritingRoom

ROLES: tuple[Role, ...] = ("marketer",)
MOST = 20_000
"""Cells of one brief."""


class BriefStore(Protocol):
    """What keeps briefs."""

    def put(self, kept: KeptBrief) -> None: ...
    def brief(self, own: str) -> KeptBrief: ...
    def listed(self, after: str = ..., limit: int = ...) -> list[KeptBrief]: ...


Progress = Callable[[str], tuple[Mapping[str, int], bool]]
"""Cells of a run by status, and whether it is complete."""


@dataclass(frozen=True)
class Briefs:
    """Keeps briefs and has them written. `cost`: what the model would take for one; None where the phrases write."""

    pack: Pack
    store: BriefStore
    progress: Progress
    room: WritingRoom
    matrix: Callable[[], Matrix]
    cost: Callable[[Brief], Estimate | None]

    def asked_for(self, asked: Mapping[str, Any], now: dt.datetime) -> Brief:
        """The brief that is asked for, for the day that is named, else today or the campaign's next. Raises UnknownId,
        InputError."""
        brief = brief_for(self.pack, **{**asked, "send_on": asked.get("send_on") or now.date()})
        day = send_day(self.pack, brief, given=bool(asked.get("send_on")))
        return brief.model_copy(update={"send_on": day})

    def keep(self, asked: Mapping[str, Any], by: Person, now: dt.datetime) -> KeptBrief:
        """Keep a brief with what it comes to. Raises UnknownId, InputError, Forbidden."""
        _may(by)
        brief = self.asked_for(asked, now)
        without_identifiers(brief.note)
        size = size_of(self.pack, brief)
        if not 0 < size.possible + size.forbidden <= MOST:
            what = f"The brief has {size.possible + size.forbidden:,} cells."
            raise InputError(what, f"Choose a locale that the market speaks, and {MOST:,} cells at most.")
        cost = self.cost(brief)
        told = {**asdict(size), "texts": size.possible * brief.variants, "cost": asdict(cost) if cost else None}
        own = uuid.uuid4().hex[:16]
        kept = KeptBrief(id=own, brief=brief, estimate=told, maker=by.login, made_at=now)
        self.store.put(kept)
        return kept

    def write(self, own: str, by: Person) -> KeptBrief:
        """Begin to write a brief, or go on where it broke off; who asks is the run's maker. UnknownId, Forbidden."""
        _may(by)
        kept, matrix = self.store.brief(own), self.matrix()
        run = matrix.run_id(kept.brief)
        written = kept.model_copy(update={"run": run})
        self.store.put(written)
        self.room.begin(run, lambda: matrix.write(kept.brief, lambda: self.room.stopping(run), by.login), by.login)
        return written

    def begin(self, asked: Mapping[str, Any], own: str, by: Person, now: dt.datetime) -> KeptBrief:
        """Have what is asked for written: by the brief `own` where it is theirs and still says so, else by one that is
        kept now. Raises as `keep` does."""
        known = self.store.brief(own) if own else None
        if known is None or known.maker != by.login or known.brief != self.asked_for(asked, now):
            known = self.keep(asked, by, now)
        return self.write(known.id, by)

    def stop(self, run: str, by: Person) -> None:
        """Ask a run to end; what is finished stays. Raises Forbidden where somebody else began it."""
        _may(by)
        if self.room.busy(run) and self.room.by(run) != by.login:
            raise Forbidden(f"{self.room.by(run)} has this written.", "Ask them to stop it.")
        self.room.stop(run)

    def told(self, kept: KeptBrief) -> dict[str, Any]:
        """A brief as it stands: `kept`, `writing`, `written`, or `broken_off` with why, as far as that is known."""
        line = kept.model_dump(mode="json")
        if kept.run is None:
            return {**line, "state": "kept", "cells": {}}
        cells, complete = self.progress(kept.run)
        busy = self.room.busy(kept.run)
        state = "writing" if busy else "written" if complete else "broken_off"
        told = {**line, "state": state, "cells": dict(cells)}
        return {**told, "why": self.room.why(kept.run)} if state == "broken_off" else told


def _may(by: Person) -> None:
    if not by.is_a(*ROLES):
        raise Forbidden(f"A brief takes the role of {' or '.join(ROLES)}.", "Ask somebody who has it.")
