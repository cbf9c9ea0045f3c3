"""The filters and the tabs above every view."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assistant.review.insights.span import Span
from ui.choices import named
from ui.insights.asked import PERIODS, VIEWS, Asked
from ui.insights.figures import Figures
from ui.parts.html import NONE, html, joined


def filters(figures: Figures, asked: Asked, span: Span) -> Markup:
    """The campaign and, where a view is of the last days, how many; and what that comes to. Coverage is of now."""
    words = figures.words
    every = [(words("insights.every_campaign"), ""), *named(figures.pack.campaigns, words.locale, with_id=True)]
    period = NONE
    if asked.view not in ("calendar", "reach"):
        choices = ((words("insights.last", n=one), str(one)) for one in PERIODS)
        period = _select("period", words("insights.period"), choices, str(asked.period))
    told = ""
    if asked.view != "reach":
        told = words("insights.span", first=figures.day(span.first), last=figures.day(span.last))
    return html(
        '<div class="cd-bar cd-insight-filters">{campaign}{period}<p class="cd-quiet" role="status">{told}</p></div>',
        campaign=_select("campaign", words("insights.campaign"), every, asked.campaign or ""), period=period, told=told,
    )  # fmt: skip


def _select(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> Markup:
    options = joined(
        html(
            '<option value="{value}"{selected}>{told}</option>',
            value=value, selected=Markup(" selected") if value == chosen else NONE, told=told,
        )
        for told, value in choices
    )  # fmt: skip
    return html(
        '<label>{label}<select data-field="{name}" data-key="field-{name}">{options}</select></label>',
        label=label, name=name, options=options,
    )  # fmt: skip


def tabs(figures: Figures, asked: Asked) -> Markup:
    """The views; arrows move between them."""
    words = figures.words
    each = joined(
        html(
            '<button type="button" role="tab" id="tab-{view}" data-key="tab-{view}" data-view="{view}"'
            ' aria-controls="insights-view" aria-selected="{selected}" tabindex="{tab}">{name}</button>',
            view=view, selected=str(view == asked.view).lower(), tab=0 if view == asked.view else -1,
            name=words(f"insights.view.{view}"),
        )
        for view in VIEWS
    )  # fmt: skip
    return html('<div class="cd-tabs" role="tablist" aria-label="{label}">{each}</div>',
                label=words("insights.views"), each=each)  # fmt: skip


def choice(label: str, choices: Iterable[tuple[str, str, bool]]) -> Markup:
    """A few choices side by side: words, the wish that each is, whether it is the one that is shown."""
    each = joined(
        html(
            '<button type="button" class="cd-choice" data-wish="{wish}" data-key="wish-{wish}" aria-pressed="{on}">'
            "{told}</button>",
            told=told, wish=wish, on=str(on).lower(),
        )
        for told, wish, on in choices
    )  # fmt: skip
    return html('<div class="cd-choices" role="group" aria-label="{label}">{each}</div>', label=label, each=each)
