"""The brief's form as the page's script sends it: what was chosen, and the brief that it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, field_validator

from assistant.domain.brief import Brief
from assistant.domain.pack import Pack
from ui.parts.notice import Worded
from ui.surface import Given
from ui.words import Words

NOTE = 500
"""The longest note, in characters; the brief's own limit."""
MOST_VARIANTS = 10
Ids = Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=200)]


class Asked(Given):
    """The fields of the form. `size` is the length of a note that is too long to be sent."""

    campaign: str = Field(default="", max_length=64)
    segments: Ids = ()
    ages: Ids = ()
    channels: Ids = ()
    locales: Ids = ()
    variants: float | None = 3
    note: str = ""
    size: int = 0
    send_on: dt.date | None = None

    @field_validator("variants", "send_on", mode="before")
    @classmethod
    def _left_out(cls, given: Any) -> Any:
        """A field that is empty says nothing."""
        return None if given == "" else given

    @property
    def complete(self) -> bool:
        """Whether something of each is chosen: to a brief, nothing means all, and a form that is empty does not."""
        return all((self.campaign, self.segments, self.ages, self.channels, self.locales))

    def values(self, pack: Pack, words: Words) -> dict[str, Any]:
        """What the desk's briefs are asked for. Raises Worded, in the page's language."""
        if not self.complete:
            raise Worded(words("studio.choose"))
        if self.variants is None or self.variants != int(self.variants) or not 1 <= self.variants <= MOST_VARIANTS:
            raise Worded(words("studio.variants_wrong"))
        if (size := max(len(self.note), self.size)) > NOTE:
            raise Worded(words("studio.note_too_long", n=size, limit=NOTE))
        return {
            "campaign": self.campaign,
            "segments": _ordered(self.segments, pack.segments),
            "ages": _ordered(self.ages, pack.ages),
            "channels": _ordered(self.channels, pack.channels),
            "locales": _ordered(self.locales, pack.locales),
            "variants": int(self.variants),
            "note": self.note.strip(),
            "send_on": self.send_on,
        }


def as_asked(brief: Brief) -> Asked:
    """The form of a brief that was asked for before. Its day is left to be found anew: it may be over."""
    names = ("campaign", "segments", "ages", "channels", "locales", "variants", "note")
    return Asked.model_validate({name: getattr(brief, name) for name in names})


def _ordered(chosen: Iterable[str], table: Iterable[str]) -> list[str]:
    """In the pack's order: the same boxes ticked in another order are the same brief, and so the same run."""
    places = {own: place for place, own in enumerate(table)}
    return sorted(chosen, key=lambda own: places.get(own, len(places)))
