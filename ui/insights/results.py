"""What came of what was sent: the funnel, groups to drill into, experiments with their arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.review.results.statistics import Interval
from ui.insights.asked import DIMENSIONS, Asked
from ui.insights.bar import choice
from ui.insights.figures import NOTHING, Figures, chance, number, percent
from ui.insights.plots import bar, top_of
from ui.insights.tables import Value, nothing, panel, table, unseen
from ui.parts.html import NONE, html, joined

Shown = Mapping[str, Any]
"""Results as `assistant/review/results` tells them."""


def results(figures: Figures, asked: Asked, shown: Shown, experiments: Sequence[Shown]) -> Markup:
    """The view."""
    words = figures.words
    trail = _trail(figures, asked)
    if not shown["counted"]:
        parts = [trail, panel(words("insights.results.funnel"), nothing(words("insights.results.empty")))]
    else:
        halves = html('<div class="cd-halves">{funnel}{whole}</div>', funnel=_funnel(figures, shown),
                      whole=_groups(figures, asked, shown))  # fmt: skip
        parts = [trail, halves]
    return joined([*parts, *(_experiment(figures, one) for one in experiments)])


def _trail(figures: Figures, asked: Asked) -> Markup:
    """What the results are narrowed to; each can be taken back."""
    if not asked.narrowed:
        return NONE
    words = figures.words
    each = joined(
        html(
            '<button type="button" class="cd-button" data-wish="{wish}" data-key="back-{of}" aria-label="{label}">'
            '{told} <span aria-hidden="true">✕</span></button>',
            wish=urlencode({of: "", "by": of}), of=of, told=f"{words(f'insights.{of}')}: {figures.name(of, key)}",
            label=words("insights.results.back", name=figures.name(of, key)),
        )
        for of, key in asked.narrowed.items()
    )  # fmt: skip
    return html('<div class="cd-bar">{each}</div>', each=each)


def _funnel(figures: Figures, shown: Shown) -> Markup:
    words = figures.words
    first = next((step["count"] for step in shown["funnel"] if step["count"]), None)
    rows: list[Sequence[Value]] = []
    for step in shown["funnel"]:
        count = step["count"]
        drawn = bar(count / first) if count is not None and first else NONE
        told = words("insights.few", n=shown["smallest"]) if step["hidden"] else number(count)
        rows.append((words(f"insights.measure.{step['step']}"), drawn, told, percent(step["share"])))
    heads = (words("insights.results.step"), unseen(words("insights.chart")), words("insights.people"),
             words("insights.results.of_before"))  # fmt: skip
    title = words("insights.results.funnel")
    return panel(title, table(title, heads, rows, (2, 3)), note=words("insights.results.funnel_note"))


def _groups(figures: Figures, asked: Asked, shown: Shown) -> Markup:
    """The groups of one dimension; the name of each narrows the results to it and goes on to the next one."""
    words, found = figures.words, shown["by"][asked.by]
    criterion = words(f"insights.measure.{shown['criterion']}")
    title = words("insights.results.by", measure=criterion, of=words(f"insights.{asked.by}"))
    left = [one for one in DIMENSIONS if one not in asked.narrowed]
    turn = choice(
        words("insights.results.drill"), [(words(f"insights.{one}"), f"by={one}", one == asked.by) for one in left]
    )
    following = next((one for one in left if one != asked.by), "")
    top = top_of([_interval(one) for one in [*found, shown["total"]]])

    def named(key: str) -> Markup:
        if not following:
            return html("{name}", name=figures.name(asked.by, key))
        wish = urlencode({asked.by: key, "by": following})
        return html('<button type="button" class="cd-link" data-wish="{wish}" data-key="group-{key}">{name}</button>',
                    wish=wish, key=key, name=figures.name(asked.by, key))  # fmt: skip

    rows = [_rate(figures, named(one["key"]), one, top, shown["smallest"]) for one in found]
    rows.append(_rate(figures, words("insights.results.all"), shown["total"], top, shown["smallest"]))
    heads = (words(f"insights.{asked.by}"), unseen(words("insights.chart")), criterion, words("insights.count"))
    return panel(title, turn, table(title, heads, rows, (2, 3)), note=words("insights.results.rate_note"))


def _rate(figures: Figures, name: Value, one: Shown, top: float, smallest: int) -> Sequence[Value]:
    """A group with its bar, the ends of its interval, and how many of whom."""
    found = _interval(one)
    if one["hidden"]:
        return name, NONE, NOTHING, figures.words("insights.few", n=smallest)
    if found is None:
        return name, NONE, NOTHING, number(one["of"])
    return name, bar(found, top), figures.interval(found), f"{number(one['count'])} / {number(one['of'])}"


def _interval(one: Shown) -> Interval | None:
    return None if one["rate"] is None else Interval(one["rate"], one["low"], one["high"])


def _experiment(figures: Figures, one: Shown) -> Markup:
    """The arms beside each other; no difference where the people did not fall to them as planned."""
    words = figures.words
    title = words("insights.results.experiment", name=one["experiment"])
    ratio = one["sample_ratio"]
    if ratio is None:
        return panel(title, nothing(words("insights.results.nothing_yet")))
    told = words("insights.results.sample", p=chance(ratio["p"]), limit=f"{ratio['limit']:g}")
    verdict = html('<p><span class="cd-badge cd-pass">{ok}</span> {told}</p>', ok=words("insights.results.as_planned"),
                   told=told)  # fmt: skip
    if not one["trusted"]:
        verdict = html(
            '<div class="cd-trouble" role="alert"><p><strong>{title}</strong> {why} {told}</p></div>',
            title=words("insights.results.broken"), why=words("insights.results.broken_why"), told=told,
        )  # fmt: skip
    return panel(title, verdict, _arms(figures, one), _differences(figures, one))


def _arms(figures: Figures, one: Shown) -> Markup:
    words = figures.words
    found = {arm["key"]: arm for arm in one["arms"]}
    top, whole = top_of([_interval(arm) for arm in found.values()]), sum(one["planned"].values())
    rows: list[Sequence[Value]] = []
    for name, share in one["planned"].items():
        seen = one["people"].get(name)
        arm = found.get(name, {"rate": None, "hidden": False, "of": 0, "count": 0})
        _name, drawn, rate, of = _rate(figures, name, arm, top, 0)
        people = NOTHING if seen is None else number(seen)
        rows.append((html("<code>{name}</code>", name=name), drawn, rate, of if not arm["hidden"] else NOTHING,
                     percent(share / whole), people))  # fmt: skip
    heads = (words("insights.results.arm"), unseen(words("insights.chart")),
             words(f"insights.measure.{one['criterion']}"), words("insights.count"), words("insights.results.planned"),
             words("insights.people"))  # fmt: skip
    strange = NONE
    if one["strange"]:
        strange = nothing(words("insights.results.strange", names=", ".join(one["strange"])))
    return joined((table(words("insights.results.arms"), heads, rows, (2, 3, 4, 5)), strange))


def _differences(figures: Figures, one: Shown) -> Markup:
    words = figures.words
    rows = []
    for found in one["differences"]:
        difference = Interval(found["value"], found["low"], found["high"])
        sure = found["low"] > 0 or found["high"] < 0
        told = words("insights.results.sure" if sure else "insights.results.unsure")
        rows.append((f"{found['arm']} − {found['against']}", figures.points(difference), told))
    if not rows:
        return NONE
    title = words("insights.results.difference")
    return table(title, (title, words("insights.results.points_head"), words("insights.results.reading")), rows, (1,))
