"""The parts that every view is made of: tables, figures, sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ui.parts.html import NONE, html, joined

Value = str | Markup


def table(caption: str, heads: Sequence[Value], rows: Iterable[Sequence[Value]], numbers: Sequence[int] = ()) -> Markup:
    """A table whose first column names its rows; `numbers`: columns that are set to the right. It scrolls by itself."""
    head = joined(
        html('<th scope="col"{right}>{head}</th>', right=_right(place, numbers), head=one)
        for place, one in enumerate(heads)
    )
    body = joined(_row(cells, numbers) for cells in rows)
    return html(
        '<div class="cd-scroll" role="region" tabindex="0" aria-label="{caption}"><table class="cd-table">'
        '<caption class="cd-unseen">{caption}</caption><thead><tr>{head}</tr></thead>'
        "<tbody>{body}</tbody></table></div>",
        caption=caption, head=head, body=body,
    )  # fmt: skip


def _row(cells: Sequence[Value], numbers: Sequence[int]) -> Markup:
    told = joined(
        html("<td{right}>{cell}</td>", right=_right(place, numbers), cell=cell)
        for place, cell in enumerate(cells[1:], 1)
    )
    return html('<tr><th scope="row">{first}</th>{told}</tr>', first=cells[0], told=told)


def _right(place: int, numbers: Sequence[int]) -> Markup:
    return Markup(' class="cd-number"') if place in numbers else NONE


def figures(told: Iterable[tuple[str, Value, Value]]) -> Markup:
    """Figures that stand for themselves: label, value, what must be known with it."""
    each = joined(
        html('<div><dt>{label}</dt><dd>{value}</dd><dd class="cd-note">{note}</dd></div>', label=a, value=b, note=c)
        for a, b, c in told
    )
    return html('<dl class="cd-figures">{each}</dl>', each=each)


def panel(title: str, *parts: Value, note: Value = "") -> Markup:
    """A section with its heading, and what must be known to read it."""
    told = html('<p class="cd-quiet">{note}</p>', note=note) if note else NONE
    return html(
        '<section class="cd-panel"><h2>{title}</h2>{note}{parts}</section>',
        title=title, note=told, parts=joined(html("{part}", part=one) for one in parts),
    )  # fmt: skip


def folded(title: str, inner: Markup) -> Markup:
    """What opens on demand."""
    return html('<details class="cd-folded"><summary>{title}</summary>{inner}</details>', title=title, inner=inner)


def nothing(why: str) -> Markup:
    """Why a section is empty, and the next step."""
    return html('<p class="cd-quiet cd-nothing">{why}</p>', why=why)


def unseen(told: str) -> Markup:
    """Words for who does not see the chart beside them."""
    return html('<span class="cd-unseen">{told}</span>', told=told)
