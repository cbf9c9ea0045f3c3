"""Cells without a text: those that may not be, folded with their reasons, and those that failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from ui.parts.cards import Cards, Told
from ui.parts.html import NONE, html, joined

LIMIT = 200
"""Cells named a fold: a page stays readable; the export has them all."""


def forbidden(done: Sequence[Told], cards: Cards) -> Markup:
    """The cells that a rule or policy forbids, folded, by reason."""
    cells = [one for one in done if one.status == "not_applicable"]
    if not cells:
        return NONE
    by_why: dict[str, list[Told]] = defaultdict(list)
    for one in cells[:LIMIT]:
        by_why[one.why].append(one)
    title = cards.prover.words.count("fold.forbidden", len(cells))
    body = joined(_reason(why, group, cards) for why, group in by_why.items())
    return html('<details class="cd-fold"><summary>{title}</summary>{body}</details>', title=title, body=body)


def _reason(why: str, group: Sequence[Told], cards: Cards) -> Markup:
    rule, _, detail = why.partition(": ")
    words = cards.prover.words
    told = words.get(f"refusal.{rule}", words("refusal.other", rule=rule))
    items = joined(html("<li>{where}</li>", where=cards.where(one.cell)) for one in group)
    return html(
        '<div class="cd-reason"><p><strong>{told}</strong> <span lang="en">{detail}</span></p><ul>{items}</ul></div>',
        told=told, detail=detail, items=items,
    )  # fmt: skip


def failed(done: Sequence[Told], cards: Cards) -> Markup:
    """The cells that failed, open, each with why."""
    cells = [one for one in done if one.status == "failed"]
    if not cells:
        return NONE
    items = joined(
        html('<li>{where}<br><span lang="en">{why}</span></li>', where=cards.where(one.cell), why=one.why)
        for one in cells[:LIMIT]
    )
    title = cards.prover.words.count("fold.failed", len(cells))
    return html(
        '<details class="cd-fold cd-fold-failed" open><summary>{title}</summary><ul>{items}</ul></details>',
        title=title, items=items,
    )  # fmt: skip
