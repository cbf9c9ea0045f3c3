"""Charts as plain SVG in the page's own colours: bars with the ends of their intervals, and columns by day.

They are drawn here and stretch with the page, so they follow the theme and the width without a script. Whatever they
show stands beside them in a table.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.review.results.statistics import Interval
from ui.parts.html import NONE, html, joined

_WIDE, _HIGH = 100, 12
_COLUMN, _GAP, _TALL = 10, 2, 40
_MARGIN = 1.02


def bar(share: Interval | float, top: float = 1.0) -> Markup:
    """A bar from nothing to a share of `top`; of an interval with a whisker over its ends."""
    value, whisker = share if isinstance(share, float) else share.value, NONE
    if isinstance(share, Interval):
        low, high = _at(share.low, top), _at(share.high, top)
        whisker = html(
            '<path class="cd-whisker" d="M{low} 6H{high}M{low} 3V9M{high} 3V9"/>', low=f"{low:.2f}", high=f"{high:.2f}"
        )
    return html(
        '<svg class="cd-plot-bar" viewBox="0 0 {wide} {high}" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect class="cd-track" y="2" width="{wide}" height="8"/>'
        '<rect class="cd-bar-of" y="2" width="{value}" height="8"/>{whisker}</svg>',
        wide=_WIDE, high=_HIGH, value=f"{_at(value, top):.2f}", whisker=whisker,
    )  # fmt: skip


def columns(counts: Sequence[int], top: int, told: Sequence[str]) -> Markup:
    """A column a piece, from nothing to `top`; `told`: what each says when it is pointed at."""
    wide = max(1, len(counts)) * _COLUMN
    drawn = joined(
        html(
            '<rect class="cd-column" x="{x}" y="{y}" width="{width}" height="{height}"><title>{told}</title></rect>',
            x=place * _COLUMN + _GAP / 2, y=f"{_TALL - _high(count, top):.2f}", width=_COLUMN - _GAP,
            height=f"{_high(count, top):.2f}", told=said,
        )
        for place, (count, said) in enumerate(zip(counts, told, strict=True))
    )  # fmt: skip
    return html(
        '<svg class="cd-plot-columns" viewBox="0 0 {wide} {tall}" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><path class="cd-ground" d="M0 {tall}H{wide}"/>{drawn}</svg>',
        wide=wide, tall=_TALL, drawn=drawn,
    )  # fmt: skip


def top_of(shares: Sequence[Interval | None]) -> float:
    """To what share bars beside each other are drawn, so that the widest interval fits."""
    return (max((one.high for one in shares if one is not None), default=1.0) or 1.0) * _MARGIN


def _at(share: float, top: float) -> float:
    return max(0.0, min(1.0, share / top)) * _WIDE


def _high(count: int, top: int) -> float:
    return _TALL * count / top if top else 0.0
