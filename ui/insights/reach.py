"""For whom there are texts, and how often customers were spoken to."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.playbook.pressure import Pressed, Pressure
from assistant.review.insights.reach import Coverage, Square
from ui.insights.bar import choice
from ui.insights.figures import NOTHING, Figures, number
from ui.insights.plots import bar
from ui.insights.tables import Value, nothing, panel, table, unseen
from ui.insights.tables import figures as figures_of
from ui.parts.html import NONE, html

NAMED = 6
"""Squares without a text that are named; the others are counted."""


def coverage(figures: Figures, found: Coverage) -> Markup:
    """Released texts by segment and age or channel, beside the customers there."""
    words = figures.words
    title = words("insights.reach.coverage")
    turn = choice(
        words("insights.reach.across"),
        [(words(f"insights.{one}"), f"across={one}", one == found.across) for one in ("age", "channel")],
    )
    heads: list[Value] = [words("insights.segment"), words("insights.customers_head")]
    heads += [figures.name(found.across, column) for column in found.columns]
    rows = [
        [
            figures.name("segment", segment),
            number(found.segments[segment]),
            *(_square(figures, found.squares[segment, column]) for column in found.columns),
        ]
        for segment in found.segments
    ]
    known = any(size is not None for size in found.segments.values())
    note = words("insights.reach.coverage_note") if known else words("insights.reach.no_customers")
    grid = html('<div class="cd-squares">{grid}</div>', grid=table(title, heads, rows, range(1, len(heads))))
    return panel(title, turn, grid, _bare(figures, found), note=note)


def _square(figures: Figures, one: Square) -> Markup:
    words = figures.words
    if not one.meant and one.texts == 0:
        return html('<span class="cd-quiet">{none}</span>', none=NOTHING)
    people = NONE
    if one.customers is not None:
        people = html('<small title="{told}">/ {n}</small>', told=words("insights.customers_head"),
                      n=number(one.customers))  # fmt: skip
    bare = Markup(' class="cd-bare-square"') if one.bare else NONE
    return html("<b{bare}>{texts}</b> {people}", bare=bare, texts=number(one.texts), people=people)


def _bare(figures: Figures, found: Coverage) -> Markup:
    """Where there are customers and no text."""
    bare = found.bare
    if not bare or found.across == "channel":
        return NONE
    named = [
        figures.words("insights.group", one=figures.name("segment", one), other=figures.name(found.across, other))
        for one, other in bare[:NAMED]
    ]
    more = figures.words.count("insights.reach.more", len(bare) - NAMED) if len(bare) > NAMED else ""
    told = figures.words(
        "insights.reach.bare", named=figures.words("insights.comma").join([*named, *([more] if more else [])])
    )
    return html('<p class="cd-bare">{told}</p>', told=told)


def pressure(figures: Figures, found: Pressure | None) -> Markup:
    """Touches of the contact policy's window."""
    words = figures.words
    title = words("insights.reach.pressure")
    if found is None:
        return panel(title, nothing(words("insights.reach.no_customers")))
    note = words("insights.reach.pressure_note", days=found.days)
    whole = found.in_all
    told = figures_of(
        [
            (words("insights.customers_head"), number(found.customers), words("insights.reach.in_table")),
            (words("insights.reach.touches"), number(whole.touches),
             words("insights.reach.each", n=_each(whole.touches, found.customers))),
            (words("insights.reach.at_limit"), number(whole.at_limit),
             words("insights.reach.limit_note", n=number(whole.limit))),
        ]
    )  # fmt: skip
    return panel(title, told, _spread(figures, found), _channels(figures, found), note=note)


def _spread(figures: Figures, found: Pressure) -> Markup:
    """Customers by how often they were spoken to."""
    words, last = figures.words, len(found.spread) - 1
    rows = [
        (f"{place}+" if place == last else str(place), _bar(many, found.customers), number(many),
         _share(many, found.customers))
        for place, many in enumerate(found.spread)
    ]  # fmt: skip
    heads = (words("insights.reach.touches"), unseen(words("insights.chart")), words("insights.customers_head"),
             words("insights.part"))  # fmt: skip
    return table(words("insights.reach.spread"), heads, rows, (2, 3))


def _channels(figures: Figures, found: Pressure) -> Markup:
    words = figures.words
    if not found.channels:
        return nothing(words("insights.reach.no_touches", days=found.days))
    rows: list[Sequence[Value]] = [
        (figures.name("channel", own), number(one.touches), number(one.customers), _each(one.touches, one.customers),
         number(one.limit), _full(figures, one))
        for own, one in found.channels.items()
    ]  # fmt: skip
    heads = [words(f"insights.reach.{one}") for one in ("touches", "reached", "each_head", "limit", "at_limit")]
    return table(words("insights.reach.by_channel"), (words("insights.channel"), *heads), rows, range(1, 6))


def _full(figures: Figures, one: Pressed) -> Markup:
    if one.at_limit is None:
        return html("{none}", none=NOTHING)
    badge = "cd-badge cd-warn" if one.at_limit != 0 else ""
    return html('<span class="{badge}">{n}</span>', badge=badge, n=number(one.at_limit))


def _each(touches: int | str, customers: int | str) -> str:
    """Touches a customer; a dash where either is too small to be told."""
    if isinstance(touches, str) or isinstance(customers, str) or customers == 0:
        return NOTHING
    return f"{touches / customers:.2f}"


def _bar(many: int | str, of: int | str) -> Markup:
    if isinstance(many, str) or isinstance(of, str) or of == 0:
        return NONE
    return bar(many / of)


def _share(many: int | str, of: int | str) -> str:
    if isinstance(many, str) or isinstance(of, str) or of == 0:
        return NOTHING
    return f"{many / of:.1%}"
