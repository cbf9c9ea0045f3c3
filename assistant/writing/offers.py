"""Whether a cell can be written at all, and what it offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal, not_for, not_offered
from assistant.errors import InputError


@dataclass(frozen=True, slots=True)
class Offer:
    """What a cell offers: a product, or none where the campaign has none; `refusal` where nothing may be offered."""

    product: Product | None = None
    refusal: Refusal | None = None


def offer_for(pack: Pack, cell: Cell, on: dt.date) -> Offer:
    """The first of the campaign's products that the cell's people may be offered; else why none."""
    campaign = pack.campaign(cell.campaign)
    segment, age, channel = pack.segments[cell.segment], pack.ages[cell.age], pack.channels[cell.channel]
    if age.id not in segment.ages:
        return Offer(refusal=Refusal("audience", f"the segment {segment.id} has nobody of {age.id}"))
    if refusal := not_for(campaign.eligibility, segment, age):
        return Offer(refusal=Refusal(refusal.rule, f"{campaign.id}: {refusal.why}"))
    if campaign.channels and channel.id not in campaign.channels:
        return Offer(refusal=Refusal("channel", f"{campaign.id} does not run over {channel.id}"))
    if not campaign.offers:
        return Offer()
    refusals = []
    for own in campaign.offers:
        product = pack.products[own]
        refusal = not_offered(product, segment, age, channel, cell.market, on)
        if refusal is None:
            return Offer(product=product)
        refusals.append(refusal)
    return Offer(refusal=Refusal(refusals[0].rule, "; ".join(refusal.why for refusal in refusals)))


def send_day(pack: Pack, brief: Brief, given: bool) -> dt.date:
    """The day that a brief is written for: the one given, else today or the campaign's next first day.

    Raises InputError where the campaign is over, or does not run on a day that was named.
    """
    campaign = pack.campaign(brief.campaign)
    if pack.runs(campaign, brief.send_on):
        return brief.send_on
    span = campaign.period.next_from(brief.send_on)
    if span is None:
        raise InputError(
            f"The campaign {campaign.id} is over since {campaign.period.until}.", "Extend it or choose another."
        )
    if given:
        mend = f"It runs from {span.start}: write --send-on {span.start}."
        raise InputError(f"The campaign {campaign.id} does not run on {brief.send_on}.", mend)
    return span.start


@dataclass(frozen=True, slots=True)
class Size:
    """What a brief comes to: cells that can be written, cells that cannot."""

    possible: int
    forbidden: int


def size_of(pack: Pack, brief: Brief) -> Size:
    """How many cells of a brief may be written at all."""
    refused = [offer_for(pack, cell, brief.send_on).refusal is not None for cell in brief.cells(pack)]
    return Size(refused.count(False), refused.count(True))
