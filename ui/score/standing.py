"""How far people agree so far, and the ranking once its reader is no longer swayed by it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from markupsafe import Markup

from assistant.review.results.statistics import Interval
from eval.rating.standing import NONE_AGAIN, NOTHING_YET, Progress, Ranked, Ranking
from eval.statistics.agreement import ALIKE, NOBODY, ONE_CLUSTER
from eval.statistics.undefined import Undefined
from ui.insights.tables import figures, nothing, panel, table, unseen
from ui.parts.html import NONE, html
from ui.words import Words

_WHY: Mapping[Undefined, str] = {
    NOTHING_YET: "nothing_yet", NONE_AGAIN: "none_again", NOBODY: "nobody", ALIKE: "alike", ONE_CLUSTER: "one_cluster",
}  # fmt: skip
"""What cannot be told, and the words that say why."""
NOTHING = "–"


def standing(words: Words, progress: Progress, rater: str) -> Markup:
    """Live: who has scored, alpha over all raters, how often this rater says the same again."""
    found, own = progress.agreement, progress.consistent.get(rater, NONE_AGAIN)
    alpha: str | Markup = NOTHING
    note: str | Markup = why(words, found) if isinstance(found, Undefined) else NONE
    if not isinstance(found, Undefined):
        alpha = signed(found.value)
        between = found.interval
        reach = why(words, between) if isinstance(between, Undefined) else within(words, between)
        note = html("{reach} · {items}", reach=reach, items=words.count("score.shared", found.items))
    again: str | Markup = NOTHING
    told: str | Markup = why(words, own) if isinstance(own, Undefined) else NONE
    if not isinstance(own, Undefined):
        reach = words("score.within", low=f"{own.low:.0%}", high=f"{own.high:.0%}")
        again, told = f"{own.value:.0%}", f"{reach} · {words('score.again')}"
    shown = (
        (words("score.agreement"), alpha, note),
        (words("score.consistent"), again, told),
        (words("score.raters"), str(progress.raters), words("score.raters_note")),
    )
    return html('<section aria-label="{label}">{figures}</section>', label=words("score.standing"),
                figures=figures(shown))  # fmt: skip


def why(words: Words, found: Undefined) -> Markup:
    """Why there is no figure; in the desk's own English where the page has no words for it."""
    if found in _WHY:
        return html("{told}", told=words(f"score.no.{_WHY[found]}"))
    return html('<span lang="en">{told}</span>', told=found.why)


def ranking(words: Words, found: Ranking) -> Markup:
    """The sources with their intervals and how their pairs went, or why they cannot be ranked."""
    title = words("score.ranking.title")
    if not found.sources:
        sorry = html('<p>{sorry}</p><p class="cd-quiet" lang="en">{why}</p>', sorry=words("score.ranking.none"),
                     why=found.why)  # fmt: skip
        return panel(title, sorry)
    reach = max(
        abs(end) for one in found.sources for end in (one.strength.low, one.strength.high) if math.isfinite(end)
    )
    rows = [_row(words, one, reach or 1.0) for one in found.sources]
    heads = [words("score.ranking.source"), unseen(words("insights.chart"))]
    heads += [words(f"score.ranking.{one}") for one in ("strength", "won", "tied", "lost")]
    return panel(title, table(title, heads, rows, range(2, 6)), note=words("score.ranking.note"))


def waits(words: Words) -> Markup:
    """Why the ranking is not there yet."""
    return panel(words("score.ranking.title"), nothing(words("score.ranking.waits")))


def _row(words: Words, one: Ranked, reach: float) -> tuple[str | Markup, ...]:
    name = html('<span class="sc-source">{name}</span>', name=one.source)
    told = html("<b>{value}</b> <small>{within}</small>", value=signed(one.strength.value),
                within=within(words, one.strength))  # fmt: skip
    return name, reached(one.strength, reach), told, str(one.won), str(one.tied), str(one.lost)


def reached(one: Interval, reach: float) -> Markup:
    """An interval about nought as a picture, from −`reach` to +`reach`; the table says the same in figures."""
    low, value, high = (50 + 48 * max(-1.0, min(1.0, end / reach)) for end in (one.low, one.value, one.high))
    return html(
        '<svg class="sc-reach" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path class="sc-nought" d="M50 0V12"/><path class="sc-whisker" d="M{low} 6H{high}M{low} 3V9M{high} 3V9"/>'
        '<path class="sc-value" d="M{value} 1V11"/></svg>',
        low=f"{low:.2f}", high=f"{high:.2f}", value=f"{value:.2f}",
    )  # fmt: skip


def signed(value: float) -> str:
    """A figure with its sign, as print sets it."""
    return f"{value:+.2f}".replace("-", "−")


def within(words: Words, one: Interval) -> str:
    """The ends of an interval."""
    return words("score.within", low=signed(one.low), high=signed(one.high))
