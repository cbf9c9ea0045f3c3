"""Who wrote the better texts: a table with intervals, and the same as a picture."""

from __future__ import annotations

from markupsafe import Markup

from assistant.review.results.statistics import Interval
from eval.rating.standing import Ranked, Ranking
from ui.insights.tables import nothing, panel, table
from ui.parts.html import html
from ui.words import Words

_WIDE = 100


def ranking(words: Words, found: Ranking) -> Markup:
    """The sources, the strongest first. `strength`: log strength, 0 is the mean of all."""
    title = words("score.ranking")
    if not found.sources:
        return panel(
            title, nothing(words("score.no_ranking")), html('<p class="cd-quiet" lang="en">{w}</p>', w=found.why)
        )
    far = max(max(abs(one.strength.low), abs(one.strength.high)) for one in found.sources) or 1.0
    heads = [words(f"score.{one}") for one in ("source", "strength", "picture", "won", "tied", "lost")]
    rows = [
        (one.source, _figure(one.strength), _line(one.strength, far), str(one.won), str(one.tied), str(one.lost))
        for one in found.sources
    ]
    note = words("score.ranking_note") + (words("score.apart") if _apart(found.sources) else words("score.not_apart"))
    return panel(title, table(title, heads, rows, numbers=(1, 3, 4, 5)), note=note)


def _apart(sources: tuple[Ranked, ...]) -> bool:
    """Whether the first one's interval lies above all others'."""
    return all(sources[0].strength.low > one.strength.high for one in sources[1:])


def _figure(one: Interval) -> str:
    return f"{one.value:+.2f} ({one.low:+.2f} – {one.high:+.2f})".replace("-", "−")


def _line(one: Interval, far: float) -> Markup:
    low, value, high = (f"{(1 + end / far) * _WIDE / 2:.2f}" for end in (one.low, one.value, one.high))
    return html(
        '<svg class="cd-score-line" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><path class="cd-ground" d="M50 0V12"/>'
        '<path class="cd-whisker" d="M{low} 6H{high}M{low} 3V9M{high} 3V9"/>'
        '<path class="cd-score-at" d="M{value} 2V10"/></svg>',
        low=low, value=value, high=high,
    )  # fmt: skip
