"""The phrase writer: deterministic, without weights, and what the desk falls back on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.brief import Cell
from assistant.domain.draft import Variant
from assistant.domain.pack import Pack
from assistant.errors import ModelAnswer
from assistant.writing.drafts import Draft, Job
from assistant.writing.offers import offer_for
from assistant.writing.phrases.book import PhraseBook
from assistant.writing.phrases.compose import Composer, Ledger
from assistant.writing.phrases.fit import Fit


@dataclass(frozen=True, slots=True)
class Wish:
    """What the phrase writer understood of a marketer's note."""

    short: bool = False
    angle: str | None = None
    understood: bool = True
    long: bool = False

    @property
    def honoured(self) -> bool:
        """Whether it asks for something that a choice among composed texts can give."""
        return self.short or self.long or self.angle is not None

    def met(self, old: Variant, new: Variant) -> bool:
        """Whether a text does what is wished beside the one that it is to replace."""
        longer = len(new.text) - len(old.text)
        angled = self.angle is None or new.angle == self.angle
        return angled and not (self.short and longer >= 0) and not (self.long and longer <= 0)


class PhraseWriter:
    """Writes whole sheets (all segments and ages of a campaign, channel and locale) so that no two cells repeat.

    A cell's drafts depend on the sheet alone, never on what was asked for before: the same brief
    gives the same words, in any order and on any number of threads.
    """

    name = "phrases"

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._book = PhraseBook(pack)
        self._sheets: dict[tuple[object, ...], dict[Cell, list[Draft]]] = {}

    async def write(self, job: Job) -> list[Draft]:
        """The cell's drafts; ModelAnswer where the phrase book has too few clauses for it."""
        drafts = self.sheet(job.cell, job.count, job.note, job.send_on).get(job.cell, [])
        if len(drafts) < job.count:
            raise ModelAnswer(
                f"The phrase book has clauses for {len(drafts)} of {job.count} texts of {job.cell.key}.",
                "Add clauses for it, or ask for fewer variants.",
            )
        return drafts

    def sheet(self, cell: Cell, count: int, note: str, on: dt.date) -> dict[Cell, list[Draft]]:
        """Every cell that shares the campaign, channel, locale and market, composed in one pass."""
        key = (cell.campaign, cell.channel, cell.locale, cell.market, count, note, on)
        if key not in self._sheets:
            if len(self._sheets) > 256:
                self._sheets.clear()
            self._sheets[key] = self._compose(cell, count, wish_of(self._pack, cell.locale, note), on)
        return self._sheets[key]

    def _compose(self, like: Cell, count: int, wish: Wish, on: dt.date) -> dict[Cell, list[Draft]]:
        ledger, done = Ledger(), dict[Cell, list[Draft]]()
        channel = self._pack.channels[like.channel]
        shapes = list(channel.shapes[::-1] if wish.short else channel.shapes)
        for segment in self._pack.segments:
            for age in self._pack.ages:
                cell = like.model_copy(update={"segment": segment, "age": age})
                offer = offer_for(self._pack, cell, on)
                if offer.refusal is not None:
                    continue
                product = offer.product
                suited = self._book.suited(cell, product.id if product else None)
                fit = Fit(self._pack, cell, product, wish.short)
                done[cell] = Composer(suited, shapes, fit, ledger, wish.angle).drafts(count)
        return done


def wish_of(pack: Pack, locale: str, note: str) -> Wish:
    """A note read by the lexicon's words: shorter, or one of the angles."""
    if not note.strip():
        return Wish()
    table: dict[str, list[str]] = {}
    for lexicon in pack.lexicon.values():
        for name, words in lexicon.notes.items():
            table[name] = [*table.get(name, []), *words]
    lowered = note.lower()
    heard = [name for name, words in table.items() if any(word in lowered for word in words)]
    angle = next((name for name in heard if name in pack.institution.angles), None)
    return Wish("shorter" in heard, angle, bool(heard), "longer" in heard)
