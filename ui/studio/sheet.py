"""The sheet: the current page of texts, which of how many it shows, and what could not be written."""

from __future__ import annotations

from markupsafe import Markup

from ui.parts.cards import Cards
from ui.parts.folds import failed, forbidden
from ui.parts.html import NONE, html
from ui.parts.notice import empty
from ui.studio.session import PAGE, Session
from ui.words import Words


def sheet(session: Session, cards: Cards) -> Markup:
    """The session's texts as HTML; before the first run, what to do."""
    words = cards.prover.words
    if session.run is None:
        return empty(words, "studio")
    rows, done = session.rows(), session.run.finished()
    first = session.turn(len(rows)) * PAGE
    page = rows[first : first + PAGE]
    return html(
        '<div class="cd-sheet" data-pages="{pages}">{shown}{page}{failed}{forbidden}</div>',
        pages=(len(rows) - 1) // PAGE + 1 if rows else 0,
        shown=_shown(first, len(page), len(rows), session.run.writing, words),
        page=cards.page(page), failed=failed(done, cards), forbidden=forbidden(done, cards),
    )  # fmt: skip


def _shown(first: int, here: int, total: int, writing: bool, words: Words) -> Markup:
    if not total:
        told = "" if writing else words("filter.none")
    else:
        told = words("filter.shown", first=first + 1, last=first + here, total=total)
    return html('<p class="cd-shown" role="status">{told}</p>', told=told) if told else NONE
