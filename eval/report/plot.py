"""An interval as a picture: a line with its value on it."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 220, 18, 6


def scale(values: Sequence[float], *, whole: bool = True) -> tuple[float, float]:
    """The ends of an axis that holds the values: 0 to 1 where they lie there and `whole` is asked for."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if whole and low >= 0 and high <= 1:
        return 0.0, 1.0
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def interval_row(value: float, low: float, high: float, start: float, end: float, *, zero: bool = False) -> str:
    """An SVG of one interval on an axis from `start` to `end`; `zero` draws a line at 0."""

    def at(x: float) -> float:
        inside = min(max((x - start) / (end - start), 0.0), 1.0)
        return round(EDGE + inside * (WIDTH - 2 * EDGE), 1)

    middle = HEIGHT / 2
    line = f'<line class=axis x1="{at(0.0)}" x2="{at(0.0)}" y1="1" y2="{HEIGHT - 1}"/>' if zero else ""
    span = f'<line class=span x1="{at(low)}" x2="{at(high)}" y1="{middle}" y2="{middle}"/>'
    label = f"{value:.3f}, {low:.3f} to {high:.3f}"
    point = f'<circle cx="{at(value)}" cy="{middle}" r="3.5"/>'
    return f'<svg role="img" aria-label="{label}" width="{WIDTH}" height="{HEIGHT}">{line}{span}{point}</svg>'
