"""The calendar: a month of touches, and the day that is chosen."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from assistant.review.insights.months import Day, Leaving, Month
from assistant.review.insights.viewing import Told
from ui.insights.asked import Asked
from ui.insights.figures import Figures, number
from ui.insights.tables import nothing, table
from ui.parts.html import NONE, html, joined

MARKS = {"done": "●", "scheduled": "○", "failed": "✕", "sent": "■", "calls": "▲", "other": "◆"}
"""What tells the kinds of touches apart beside their colour."""
CALLS = "relationship_manager"
Mark = tuple[str, Told | None]


def month(figures: Figures, asked: Asked, found: Month, today: dt.date) -> Markup:
    """The month beside the list of its chosen day; on a phone the list stands under it."""
    words = figures.words
    chosen = asked.day or _first(found, today)
    empty = NONE
    if not found.days:
        empty = html(
            '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>',
            title=words("insights.calendar.empty_title"), next=words("insights.calendar.empty"),
        )  # fmt: skip
    cut = html('<p class="cd-quiet">{cut}</p>', cut=words("insights.calendar.cut")) if found.cut else NONE
    return html(
        '<div class="cd-month-split"><section class="cd-panel">{head}{legend}{grid}{cut}{empty}</section>'
        '<section class="cd-panel cd-day"><h2>{day}</h2>{inner}</section></div>',
        head=_head(figures, asked), legend=_legend(figures), grid=_grid(figures, found, chosen, today), cut=cut,
        empty=empty, day=figures.day(chosen), inner=_day(figures, found.days.get(chosen)),
    )  # fmt: skip


def _first(found: Month, today: dt.date) -> dt.date:
    """Today, or the first day on which there is something."""
    if found.span.first <= today <= found.span.last:
        return today
    return min(found.days, default=found.span.first)


def _head(figures: Figures, asked: Asked) -> Markup:
    before = (asked.month - dt.timedelta(days=1)).replace(day=1)
    after = (asked.month + dt.timedelta(days=32)).replace(day=1)
    return html(
        '<div class="cd-bar"><h2>{title}</h2><span class="cd-push"></span>{before}{after}</div>',
        title=figures.month(asked.month), before=_turn(figures, "before", "‹", before),
        after=_turn(figures, "after", "›", after),
    )  # fmt: skip


def _turn(figures: Figures, key: str, sign: str, to: dt.date) -> Markup:
    return html(
        '<button type="button" class="cd-button" data-wish="{wish}" data-key="month-{key}" aria-label="{label}">'
        '<span aria-hidden="true">{sign}</span></button>',
        wish=f"month={to:%Y-%m}&day=", key=key, label=figures.words(f"insights.calendar.{key}"), sign=sign,
    )  # fmt: skip


def _legend(figures: Figures) -> Markup:
    each = joined(
        html(
            '<li class="cd-mark cd-mark-{kind}"><i aria-hidden="true">{sign}</i> {told}</li>',
            kind=kind, sign=sign, told=figures.words(f"insights.mark.{kind}"),
        )
        for kind, sign in MARKS.items()
    )  # fmt: skip
    return html('<ul class="cd-legend">{each}</ul>', each=each)


def _grid(figures: Figures, found: Month, chosen: dt.date, today: dt.date) -> Markup:
    weeks = calendar.Calendar().monthdatescalendar(found.span.first.year, found.span.first.month)
    heads = joined(html('<th scope="col">{day}</th>', day=figures.weekday(day)) for day in weeks[0])
    rows = joined(
        html(
            "<tr>{cells}</tr>",
            cells=joined(
                _cell(figures, day, found.days.get(day), day == chosen, day == today)
                if day.month == found.span.first.month
                else Markup('<td class="cd-out"></td>')
                for day in week
            ),
        )
        for week in weeks
    )
    return html(
        '<table class="cd-month"><caption class="cd-unseen">{title}</caption><thead><tr>{heads}</tr></thead>'
        "<tbody>{rows}</tbody></table>",
        title=figures.month(found.span.first), heads=heads, rows=rows,
    )  # fmt: skip


def _cell(figures: Figures, day: dt.date, held: Day | None, chosen: bool, today: bool) -> Markup:
    found = list(_marks(held)) if held is not None else []
    told = [figures.words(f"insights.marked.{kind}", n=number(count)) for kind, count in found]
    marks = joined(
        html(
            '<span class="cd-mark cd-mark-{kind}"><i>{sign}</i>{count}</span>',
            kind=kind, sign=MARKS[kind], count=number(count) if count is not None else "",
        )
        for kind, count in found
    )  # fmt: skip
    return html(
        '<td><button type="button" data-wish="{wish}" data-key="day-{day}" aria-pressed="{chosen}"{today}'
        ' aria-label="{label}"><b>{number}</b><span class="cd-marks" aria-hidden="true">{marks}</span></button></td>',
        wish=f"month={day:%Y-%m}&day={day}", day=day, chosen=str(chosen).lower(),
        today=Markup(' aria-current="date"') if today else NONE, label=", ".join([figures.day(day), *told]),
        number=day.day, marks=marks,
    )  # fmt: skip


def _marks(held: Day) -> Iterator[Mark]:
    """What a day holds, by kind."""
    stands = Counter(one.stand for one in held.leaving)
    for stand in ("done", "scheduled", "failed"):
        if stands[stand]:
            yield stand, stands[stand]
    if held.sent:
        yield "sent", _sum(list(held.sent.values()))
    calls = [one.due for one in held.acting if one.owner == CALLS]
    others = [one.due for one in held.acting if one.owner != CALLS]
    if calls:
        yield "calls", calls[0]
    if others:
        yield "other", _sum(others)


def _sum(numbers: list[Told]) -> Told | None:
    """Their sum; of one its own; None where a small one among them would be told by it."""
    if len(numbers) == 1:
        return numbers[0]
    whole = [one for one in numbers if isinstance(one, int)]
    return sum(whole) if len(whole) == len(numbers) else None


def _day(figures: Figures, held: Day | None) -> Markup:
    words = figures.words
    if held is None:
        return nothing(words("insights.calendar.nothing"))
    parts = []
    if held.leaving:
        rows = joined(_leaving(figures, one) for one in held.leaving)
        parts.append(html("<h3>{title}</h3><ul class='cd-list cd-plain'>{rows}</ul>",
                          title=words("insights.calendar.leaving"), rows=rows))  # fmt: skip
    if held.sent:
        title = words("insights.calendar.sent")
        heads = (words("insights.channel"), words("insights.people"))
        sent = [(figures.name("channel", own), number(count)) for own, count in held.sent.items()]
        parts.append(html("<h3>{title}</h3>{table}", title=title, table=table(title, heads, sent, (1,))))
    if held.acting:
        title = words("insights.calendar.acting")
        due = (words("insights.owner"), words("insights.due"), words("insights.open"))
        acting = [(words(f"insights.owners.{one.owner}"), number(one.due), number(one.still)) for one in held.acting]
        parts.append(html("<h3>{title}</h3>{table}", title=title, table=table(title, due, acting, (1, 2))))
    return joined(parts)


def _leaving(figures: Figures, one: Leaving) -> Markup:
    words = figures.words
    shown = {"done": "pass", "scheduled": "plain", "failed": "block"}
    size = [words.count("insights.texts", one.texts)]
    if one.customers is not None:
        size.append(words("insights.customers", n=number(one.customers)))
    channels = [figures.name("channel", own) for own in one.channels]
    return html(
        '<li><span class="cd-top"><b>{at}</b><span class="cd-badge cd-{badge}">{sign} {stand}</span></span>'
        '<span>{campaigns}</span><span class="cd-quiet">{size}</span></li>',
        at=f"{one.at:%H:%M}", badge=shown.get(one.stand, "plain"), sign=MARKS.get(one.stand, ""),
        stand=words(f"insights.stand.{one.stand}"),
        campaigns=", ".join(figures.name("campaign", own) for own in one.campaigns) or words("insights.gone"),
        size=" · ".join([*channels, *size]),
    )  # fmt: skip
