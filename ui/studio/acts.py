"""What happens when something is pressed or chosen in the studio: values in, HTML out."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.errors import CopydeskError
from assistant.writing.room import WritingRoom
from ui.parts.cards import Cards
from ui.parts.html import NONE
from ui.parts.notice import trouble
from ui.parts.proof import Prover
from ui.studio.asked import Asked
from ui.studio.counts import about, counts
from ui.studio.progress import progress
from ui.studio.session import Session, View
from ui.studio.sheet import sheet
from ui.words import Words

Shown = tuple[Markup, Markup]
"""Two pieces of the page, such as the progress and the sheet."""


@dataclass
class Acts:
    """The studio's handlers, for one language."""

    desk: Desk
    words: Words
    room: WritingRoom

    @property
    def cards(self) -> Cards:
        """Draws what is written."""
        return Cards(Prover(self.desk.pack, self.words))

    def count(self, asked: Asked) -> Shown:
        """What the campaign is about, and what the form comes to right now."""
        pack, words = self.desk.pack, self.words
        return about(asked.campaign, pack, words), counts(asked, pack, words, dt.date.today())

    async def write(self, session: Session, asked: Asked, maker: str | None = None) -> AsyncIterator[Shown]:
        """Write the brief and show what is there, several times a second; an error is told in words.

        `maker`: who asks.
        """
        matrix, pack = self.desk.matrix, self.desk.pack
        try:
            brief = asked.brief(pack, dt.date.today())
        except CopydeskError as error:
            yield trouble(error, self.words) + progress(session.run, self.words), self.sheet(session)
            return
        run = session.begin(matrix.run_id(brief), list(brief.cells(pack)))
        told = NONE
        yield self.shown(session)
        try:
            async for batch in self.room.batches(lambda: matrix.write(brief, lambda: run.stopped, maker)):
                run.done.update((one.cell.key, one) for one in batch)
                yield self.shown(session)
        except CopydeskError as error:
            told = trouble(error, self.words)
        finally:
            run.writing = False
        yield told + progress(session.run, self.words), self.sheet(session)

    def stop(self, session: Session) -> Markup:
        """Ask the writing to end."""
        session.stop()
        return progress(session.run, self.words)

    def turn(self, session: Session, by: int) -> Markup:
        """The next or the previous page."""
        session.turn(len(session.rows()), by)
        return self.sheet(session)

    def filter(self, session: Session, channel: str, locale: str, verdict: str) -> Markup:
        """Show only what is asked for, from the first page on."""
        session.view = View(channel or None, locale or None, verdict or None)
        return self.sheet(session)

    def shown(self, session: Session) -> Shown:
        """The progress and the sheet as they are."""
        return progress(session.run, self.words), self.sheet(session)

    def sheet(self, session: Session) -> Markup:
        """The texts of the current page."""
        return sheet(session, self.cards)
