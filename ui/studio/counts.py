"""What the form comes to before anything is written: how many messages, what cannot be, for which day, at what cost."""

from __future__ import annotations

import datetime as dt
import math

from markupsafe import Markup

from assistant.domain.brief import Brief
from assistant.domain.pack import Pack
from assistant.writing.offers import Size
from assistant.writing.report import Estimate
from ui.parts.html import NONE, html
from ui.words import Words


def counts(brief: Brief, size: Size, words: Words, today: dt.date) -> Markup:
    """“= 45 messages”, with the sum behind it."""
    detail = [words.count("count.cells", size.possible, v=brief.variants)]
    if size.forbidden:
        detail.append(words.count("count.forbidden", size.forbidden))
    if brief.send_on != today:
        detail.append(words("studio.sent", day=brief.send_on))
    return _total(words.count("count.messages", size.possible * brief.variants), " · ".join(detail))


def nothing(words: Words) -> Markup:
    """A form in which something is not chosen."""
    return _total(words("count.nothing"), words("count.choose"))


def about(campaign: str, pack: Pack, words: Words) -> Markup:
    """What a campaign wants and offers; nothing where none is chosen."""
    if campaign not in pack.campaigns:
        return NONE
    chosen = pack.campaigns[campaign]
    names = ", ".join(pack.products[own].name[words.locale] for own in chosen.offers)
    offers = html(' <span class="cd-offers">{label} {names}</span>', label=words("studio.products"), names=names)
    return html(
        '<p class="cd-goal">{goal}{offers}</p>', goal=chosen.goal[words.locale], offers=offers if names else NONE
    )


def cost(estimate: Estimate | None, words: Words) -> Markup:
    """What a model would take for it; that the phrase book takes nothing."""
    if estimate is None:
        return html('<p class="cd-quiet">{told}</p>', told=words("studio.cost.phrases"))
    told = words(
        "studio.cost.model",
        calls=f"{estimate.calls:,}", read=f"{estimate.tokens_in:,}", out=f"{estimate.tokens_out:,}",
    )  # fmt: skip
    minutes = math.ceil(estimate.seconds / 60) if estimate.seconds is not None else None
    time = "" if minutes is None else words.count("studio.cost.minutes", minutes)
    return html('<p class="cd-quiet">{told} {time}</p>', told=told, time=time)


def cost_asked(words: Words) -> Markup:
    """The button that works the cost out: for a large brief each prompt has to be put together."""
    return html('<button type="button" class="cd-link" data-act="cost">{ask}</button>', ask=words("studio.cost.ask"))


def _total(total: str, detail: str) -> Markup:
    return html(
        '<p class="cd-count" role="status"><b>{total}</b> <span>{detail}</span></p>', total=total, detail=detail
    )
