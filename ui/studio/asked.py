"""From the form to a brief: what was chosen, what it comes to, for which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.brief import Brief, brief_for
from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.writing.offers import send_day

NOTE = 500
"""The longest note, in characters; the brief's own limit."""


@dataclass(frozen=True)
class Asked:
    """The form's fields as they came."""

    campaign: str
    segments: Sequence[str]
    ages: Sequence[str]
    channels: Sequence[str]
    locales: Sequence[str]
    variants: float | None = 3
    note: str = ""

    @property
    def complete(self) -> bool:
        """Whether something of each is chosen: to a brief, nothing means all, and a form that is empty does not."""
        return all((self.campaign, self.segments, self.ages, self.channels, self.locales))

    def brief(self, pack: Pack, today: dt.date) -> Brief:
        """The brief for today or the campaign's next day. Raises InputError, UnknownId."""
        if not self.complete:
            raise InputError("Something is not chosen.", "Choose at least one of each.")
        if self.variants is None or self.variants != int(self.variants) or not 1 <= self.variants <= 10:
            raise InputError(f"{self.variants} variants are not possible.", "Ask for 1 to 10 of each.")
        if len(self.note) > NOTE:
            raise InputError(f"The wish has {len(self.note)} characters.", f"Keep it within {NOTE}.")
        brief = brief_for(
            pack,
            campaign=self.campaign,
            segments=_ordered(self.segments, pack.segments),
            ages=_ordered(self.ages, pack.ages),
            channels=_ordered(self.channels, pack.channels),
            locales=_ordered(self.locales, pack.locales),
            variants=int(self.variants),
            note=self.note.strip(),
            send_on=today,
        )
        return brief.model_copy(update={"send_on": send_day(pack, brief, given=False)})


def _ordered(chosen: Iterable[str], table: Iterable[str]) -> list[str]:
    """In the pack's order: the same boxes ticked in another order are the same brief, and so the same run."""
    places = {own: place for place, own in enumerate(table)}
    return sorted(chosen, key=lambda own: places.get(own, len(places)))
