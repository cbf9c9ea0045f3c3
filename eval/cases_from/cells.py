"""Cells of a pack as cases: every scenario × audience × language, the same with only age or language changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.domain.brief import Cell
from assistant.domain.catalogue import Campaign
from assistant.domain.pack import Pack
from assistant.writing.offers import offer_for
from eval.sweep import AS_OF

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

Row = dict[str, Any]


def copy(desk: Desk) -> Iterator[Row]:
    """Every campaign for every segment, age band and locale that it may be written for, over a channel that changes
    from campaign to campaign and language to language. The cluster is the campaign."""
    pack = desk.pack
    for campaign, day in _running(pack):
        for locale in pack.locales:
            for segment in pack.segments:
                for age in _ages(pack, campaign, segment, locale, day):
                    given = _given(pack, campaign, day, locale, segment=segment, age=age)
                    own = f"{campaign.id}/{segment}/{age}/{given['channel']}/{locale}"
                    yield {"id": own, "cluster": campaign.id, "given": given, "expected": {}}


def ages(desk: Desk) -> Iterator[Row]:
    """Every campaign, segment and locale over all age bands that it may be written for, two at the least."""
    pack = desk.pack
    for campaign, day in _running(pack):
        for locale in pack.locales:
            for segment in pack.segments:
                bands = _ages(pack, campaign, segment, locale, day)
                if len(bands) > 1:
                    given = _given(pack, campaign, day, locale, segment=segment, over={"age": bands})
                    own = f"{campaign.id}/{segment}/{given['channel']}/{locale}"
                    yield {"id": own, "cluster": campaign.id, "given": given, "expected": {}}


def locales(desk: Desk) -> Iterator[Row]:
    """Every campaign and segment, for an age band of those it may be written for, over all locales."""
    pack = desk.pack
    for campaign, day in _running(pack):
        for place, segment in enumerate(pack.segments):
            bands = _ages(pack, campaign, segment, pack.locales[0], day)
            if bands:
                age = bands[place % len(bands)]
                given = _given(pack, campaign, day, None, segment=segment, age=age, over={"locale": list(pack.locales)})
                own = f"{campaign.id}/{segment}/{age}/{given['channel']}"
                yield {"id": own, "cluster": campaign.id, "given": given, "expected": {}}


def _running(pack: Pack) -> Iterator[tuple[Campaign, dt.date]]:
    """Campaigns that are not over, each with the first day from AS_OF on that it runs."""
    for campaign in pack.campaigns.values():
        span = campaign.period.next_from(AS_OF)
        if span is not None:
            yield campaign, max(span.start, AS_OF)


def _given(pack: Pack, campaign: Campaign, day: dt.date, locale: str | None, **rest: Any) -> Row:
    channel = _channel(pack, campaign, locale)
    told = {"campaign": campaign.id, "channel": channel, "send_on": day.isoformat(), **rest}
    return told if locale is None else {**told, "locale": locale}


def _channel(pack: Pack, campaign: Campaign, locale: str | None) -> str:
    open_to = campaign.channels or tuple(pack.channels)
    turn = list(pack.campaigns).index(campaign.id) + (pack.locales.index(locale) if locale in pack.locales else 0)
    return open_to[turn % len(open_to)]


def _ages(pack: Pack, campaign: Campaign, segment: str, locale: str, day: dt.date) -> list[str]:
    """The age bands of a segment that the campaign may be written for."""
    market, channel = pack.home_market(locale), _channel(pack, campaign, locale)
    cell = Cell(campaign=campaign.id, segment=segment, age="", channel=channel, locale=locale, market=market)
    return [age for age in pack.ages if offer_for(pack, cell.model_copy(update={"age": age}), day).refusal is None]
