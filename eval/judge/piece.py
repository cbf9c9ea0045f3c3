"""A text as a judge reads it: filled in, with what the pack says of its readers."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.writing.model.material import LANGUAGES


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with the pack's words on where it goes and to whom; no datum of a customer."""

    text: str
    language: str
    channel: str = ""
    readers: str = ""
    tone: str = ""


def piece_of(pack: Pack, cell: Cell, text: str) -> Piece:
    """A text of a cell."""
    segment, age, locale = pack.segments[cell.segment], pack.ages[cell.age], cell.locale
    readers = f"{segment.name[locale]}, {age.name[locale]}. {segment.description.get(locale, '')}".strip()
    channel = pack.channels[cell.channel].name[locale]
    return Piece(text, LANGUAGES[locale], channel, readers, age.tone.get(locale, ""))
