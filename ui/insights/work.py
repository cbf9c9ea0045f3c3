"""The desk's own work: volume, time to approval, what was objected to."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.review.insights.work import Objections, Part, Volume, Waiting
from ui.insights.figures import Figures, number
from ui.insights.plots import bar, columns, top_of
from ui.insights.tables import figures as figures_of
from ui.insights.tables import folded, nothing, panel, table, unseen
from ui.parts.html import html, joined

ACTS = ("write", "submit", "approve", "release")
SHOWN = 15
"""Rules of a list; the rest are rare."""


def work(figures: Figures, volume: Volume, waiting: Waiting, found: Objections) -> Markup:
    """The view."""
    words = figures.words
    told: list[tuple[str, str, str]] = [
        (words(f"insights.act.{act}"), number(volume.total(act)), words("insights.texts_note")) for act in ACTS
    ]
    note = words("insights.of_approvals", n=number(waiting.of))
    told.append((words("insights.median"), figures.lasted(waiting.median), note))
    told.append((words("insights.p90"), figures.lasted(waiting.p90), note))
    return joined((figures_of(told), _volume(figures, volume), _objections(figures, found)))


def _volume(figures: Figures, volume: Volume) -> Markup:
    """A small chart an act, all to one scale."""
    words = figures.words
    title = words("insights.work.volume")
    if not any(volume.total(act) for act in ACTS):
        return panel(title, nothing(words("insights.work.empty")))
    top = max(max(volume.counts[act]) for act in ACTS)
    days = [figures.short(day) for day in volume.starts]
    charts = joined(
        html(
            '<figure><figcaption><b>{act}</b> <span class="cd-quiet">{total}</span></figcaption>'
            '<div class="cd-axis"><span>{top}</span><span>0</span></div>{plot}'
            '<div class="cd-ends"><span>{first}</span><span>{last}</span></div></figure>',
            act=words(f"insights.act.{act}"), total=number(volume.total(act)), top=number(top),
            plot=columns(
                volume.counts[act], top, [f"{day}: {n}" for day, n in zip(days, volume.counts[act], strict=True)]
            ),
            first=days[0], last=days[-1],
        )
        for act in ACTS
    )  # fmt: skip
    heads = (words("insights.from_day"), *(words(f"insights.act.{act}") for act in ACTS))
    rows = [
        (figures.day(day), *(number(volume.counts[act][place]) for act in ACTS))
        for place, day in enumerate(volume.starts)
    ]
    step = words("insights.work.by_day" if volume.step == 1 else "insights.work.by_week")
    listed = folded(words("insights.as_table"), table(title, heads, rows, (1, 2, 3, 4)))
    return panel(title, html('<div class="cd-multiples">{charts}</div>', charts=charts), listed, note=step)


def _objections(figures: Figures, found: Objections) -> Markup:
    words = figures.words
    rules: list[Markup | str] = [nothing(words("insights.work.no_rules"))]
    if found.rules:
        rules = [_parts(figures, "rule", words("insights.work.rules"), found.rules[:SHOWN])]
    reasons: list[Markup | str] = [nothing(words("insights.work.no_reasons"))]
    if found.reasons:
        reasons = [_parts(figures, "reason", words("insights.work.reasons"), found.reasons)]
    told = words("insights.work.rules_note", texts=number(found.texts), written=number(found.written))
    back = words("insights.work.reasons_note", back=number(found.back), decided=number(found.decided))
    return html(
        '<div class="cd-halves">{rules}{reasons}</div>',
        rules=panel(words("insights.work.rules"), *rules, note=told),
        reasons=panel(words("insights.work.reasons"), *reasons, note=back),
    )  # fmt: skip


def _parts(figures: Figures, of: str, title: str, parts: Sequence[Part]) -> Markup:
    """Parts of a whole, each with its bar, the ends of its interval and the numbers."""
    words, top = figures.words, top_of([one.share for one in parts])
    rows = [(_name(figures, of, one), bar(one.share, top), figures.interval(one.share), _of(one)) for one in parts]
    heads = (words(f"insights.work.{of}"), unseen(words("insights.chart")), words("insights.share"),
             words("insights.count"))  # fmt: skip
    return table(title, heads, rows, (2, 3))


def _of(one: Part) -> str:
    return f"{one.count:,} / {one.of:,}"


def _name(figures: Figures, of: str, one: Part) -> Markup:
    words = figures.words
    if of == "rule":
        badge = html('<span class="cd-badge cd-{kind}">{told}</span>', kind=one.kind,
                     told=words(f"severity.{one.kind}"))  # fmt: skip
        return html("<code>{rule}</code> {badge}", rule=one.key, badge=badge)
    told = words(f"insights.sent_back.{one.kind}")
    return html('{reason} <span class="cd-quiet">{told}</span>', reason=figures.name("reason", one.key), told=told)
