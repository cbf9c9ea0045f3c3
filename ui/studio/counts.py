"""What the form comes to before anything is written: how many messages, what cannot be, for which day."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from assistant.domain.pack import Pack
from assistant.errors import CopydeskError
from assistant.writing.offers import size_of
from ui.parts.html import NONE, html
from ui.parts.notice import trouble
from ui.studio.asked import Asked
from ui.words import Words


def counts(asked: Asked, pack: Pack, words: Words, today: dt.date) -> Markup:
    """“= 45 messages”, with the sum behind it."""
    if not asked.complete or not asked.variants:
        return _total(words("count.nothing"), words("count.choose"))
    try:
        brief = asked.brief(pack, today)
    except CopydeskError as error:
        return trouble(error, words)
    size = size_of(pack, brief)
    detail = [words.count("count.cells", size.possible, v=brief.variants)]
    if size.forbidden:
        detail.append(words.count("count.forbidden", size.forbidden))
    if brief.send_on != today:
        detail.append(words("studio.sent", day=brief.send_on))
    return _total(words.count("count.messages", size.possible * brief.variants), " · ".join(detail))


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


def _total(total: str, detail: str) -> Markup:
    return html(
        '<p class="cd-count" role="status"><b>{total}</b> <span>{detail}</span></p>', total=total, detail=detail
    )
