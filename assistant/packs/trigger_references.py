"""Whether what a trigger names exists: products, campaigns, channels, segments, ages, kinds of event, owners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.pack import Pack
from assistant.errors import Problem
from assistant.packs.lookup import unknown

if TYPE_CHECKING:
    from assistant.packs.loader import Reading


def triggers(pack: Pack, reading: Reading) -> Iterator[Problem]:
    """Every reference of a trigger that leads nowhere."""
    if pack.triggers and pack.contact is None:
        yield Problem("contact.yaml", 1, "the pack has triggers and no contact policy", "add contact.yaml")
    if pack.triggers and pack.calendar is None:
        yield Problem("calendar.yaml", 1, "the pack has triggers and no calendar", "add calendar.yaml")
    for own, trigger in pack.triggers.items():
        at = ("triggers", own)
        yield from unknown(reading, *at, ("offers",), "product", [one.product for one in trigger.offers], pack.products)
        yield from unknown(reading, *at, ("channels",), "channel", trigger.channels, pack.channels)
        yield from unknown(reading, *at, ("events",), "kind of event", trigger.events, pack.institution.event_kinds)
        yield from unknown(reading, *at, ("prior",), "segment", trigger.prior.segments, pack.segments)
        yield from unknown(reading, *at, ("prior",), "age band", trigger.prior.ages, pack.ages)
        campaigns = [trigger.campaign] if trigger.campaign else []
        yield from unknown(reading, *at, ("campaign",), "campaign", campaigns, pack.campaigns)
        if pack.calendar is not None:
            yield from unknown(reading, *at, ("owner",), "owner in the calendar", [trigger.owner], pack.calendar.owners)
        for campaign in campaigns:
            if campaign in pack.campaigns and pack.campaigns[campaign].kind != trigger.kind:
                file, line = reading.at(*at, "campaign")
                what = f"{own}: a {trigger.kind} trigger runs the {pack.campaigns[campaign].kind} campaign {campaign}"
                yield Problem(file, line, what, "choose a campaign of the same kind: care sells nothing")
        if trigger.kind == "care" and trigger.offers:
            file, line = reading.at(*at, "offers")
            yield Problem(file, line, f"{own}: care offers a product", "remove the offers: care sells nothing")
