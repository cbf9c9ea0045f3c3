"""Calls: whether they were made in time."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.review.insights.calls import Kept
from assistant.review.insights.viewing import View
from ui.insights.figures import NOTHING, Figures, number, percent
from ui.insights.plots import bar
from ui.insights.tables import Value, nothing, panel, table, unseen
from ui.insights.tables import figures as figures_of
from ui.parts.html import NONE, html, joined


def calls(figures: Figures, view: View, whole: Kept, by_trigger: Sequence[Kept], by_manager: Sequence[Kept]) -> Markup:
    """The view. `by_manager`: for a lead; empty for others."""
    words = figures.words
    whose = words("insights.calls.team" if view.exact else "insights.calls.house")
    if not by_trigger:
        return panel(words("insights.calls.title"), nothing(words("insights.calls.empty")), note=whose)
    share = whole.share
    within = NOTHING if share is None else words("insights.between", low=percent(share.low), high=percent(share.high))
    told = figures_of(
        [
            (words("insights.calls.share"), percent(share.value if share else None),
             f"{within} · {words('insights.n', n=number(whole.of))}"),
            (words("insights.calls.kept"), number(whole.kept), words("insights.calls.kept_note")),
            (words("insights.calls.late"), number(whole.late), words("insights.calls.late_note")),
            (words("insights.calls.missed"), number(whole.missed), words("insights.calls.missed_note")),
            (words("insights.calls.waiting"), number(whole.waiting), words("insights.calls.waiting_note")),
        ]
    )  # fmt: skip
    parts = [told, panel(words("insights.calls.by_trigger"), _table(figures, "trigger", by_trigger), note=whose)]
    if by_manager:
        parts.append(panel(words("insights.calls.by_manager"), _table(figures, "manager", by_manager)))
    return joined(parts)


def _table(figures: Figures, of: str, rows: Sequence[Kept]) -> Markup:
    words = figures.words
    heads: list[Value] = [words(f"insights.{of}"), unseen(words("insights.chart")), words("insights.calls.share")]
    heads += [words(f"insights.calls.{one}") for one in ("of", "late", "missed", "waiting")]
    listed: list[Sequence[Value]] = [
        (_name(figures, of, one.key), bar(one.share) if one.share else NONE,
         figures.interval(one.share) if one.share else NOTHING, number(one.of), number(one.late), number(one.missed),
         number(one.waiting))
        for one in rows
    ]  # fmt: skip
    return table(words(f"insights.calls.by_{of}"), heads, listed, range(2, 7))


def _name(figures: Figures, of: str, key: str) -> Markup:
    if of == "manager":
        return html("<code>{own}</code>", own=key or NOTHING)
    return html('{name} <code class="cd-quiet">{own}</code>', name=figures.name(of, key), own=key)
