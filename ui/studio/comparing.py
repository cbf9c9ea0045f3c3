"""Texts side by side: the first as it is, each other with its difference to it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ui.parts.cards import Cards
from ui.parts.difference import difference
from ui.parts.html import NONE, html, joined
from ui.studio.view import Text

MOST = 6
"""Texts side by side."""


def side_by_side(texts: Sequence[Text], cards: Cards) -> Markup:
    """The comparison; nothing where there is nothing to compare."""
    if not texts:
        return NONE
    words = cards.prover.words
    columns = joined(_column(one, texts[0], cards) for one in texts)
    return html(
        '<section class="cd-panel cd-compare" aria-labelledby="compare-title"><div class="cd-bar">'
        '<h2 id="compare-title" tabindex="-1">{title}</h2><span class="cd-quiet">{base}</span>'
        '<button type="button" class="cd-button cd-push" data-act="compared" data-key="compared">{close}</button></div>'
        '<div class="cd-scroll" tabindex="0" role="group" aria-labelledby="compare-title">'
        '<div class="cd-sides">{columns}</div></div></section>',
        title=words("studio.compare.title"), base=words("studio.compare.base"), close=words("studio.compare.close"),
        columns=columns,
    )  # fmt: skip


def _column(one: Text, first: Text, cards: Cards) -> Markup:
    words, cell = cards.prover.words, one.place.cell
    base = one.own == first.own
    shown = html("{text}", text=one.variant.text) if base else difference(first.variant.text, one.variant.text)
    verdict = one.variant.verdict
    return html(
        '<article class="cd-side"><h3>{where}</h3><p class="cd-meta"><span class="cd-badge cd-{verdict}">{label}</span>'
        '<span class="cd-angle">{longer}</span></p><p class="cd-text" lang="{locale}">{text}</p></article>',
        where=cards.where(cell), verdict=verdict, label=words(f"verdict.{verdict}"),
        longer="" if base else _longer(len(one.variant.text) - len(first.variant.text), cards), locale=cell.locale,
        text=shown,
    )  # fmt: skip


def _longer(by: int, cards: Cards) -> str:
    key = "more" if by > 0 else "less" if by < 0 else "same"
    return cards.prover.words(f"studio.compare.{key}", n=abs(by))
