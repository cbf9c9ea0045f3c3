"""Whom a campaign can be written to, and the scenarios that a brief can start from, with all of that filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.brief import brief_for
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from assistant.errors import UnknownId
from assistant.writing.offers import offer_for, send_day


@dataclass(frozen=True, slots=True)
class Suited:
    """Ids of a pack, in its order: whoever and whatever at least one text of a campaign can be written for."""

    segments: tuple[str, ...]
    ages: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A moment to speak: its code, what happens then, and the campaign and channels that the pack has for it."""

    id: str
    name: Mapping[Locale, str]
    campaign: str
    channels: tuple[str, ...]


def scenarios(pack: Pack) -> dict[str, Scenario]:
    """Every scenario that a campaign stands for, by code: named by the trigger that speaks then, where there is one."""
    found: dict[str, Scenario] = {}
    for trigger in pack.triggers.values():
        if trigger.campaign is not None:
            one = Scenario(trigger.scenario, trigger.name, trigger.campaign, tuple(trigger.channels))
            found.setdefault(trigger.scenario, one)
    for campaign in pack.campaigns.values():
        one = Scenario(campaign.scenario, campaign.name, campaign.id, tuple(campaign.channels))
        found.setdefault(campaign.scenario, one)
    return dict(sorted(found.items(), key=lambda one: (one[0][0], int(one[0][1:]) if one[0][1:].isdecimal() else 0)))


def scenario_of(pack: Pack, own: str) -> Scenario:
    """A scenario by its code. Raises UnknownId."""
    known = scenarios(pack)
    if own not in known:
        raise UnknownId("scenario", own, known)
    return known[own]


def suited(pack: Pack, campaign: str, today: dt.date) -> Suited:
    """Whom a campaign can be written to, on the day that it would be written for. Raises UnknownId, and InputError
    where it is over."""
    brief = brief_for(pack, campaign=campaign, send_on=today)
    day = send_day(pack, brief, given=False)
    cells = [cell for cell in brief.cells(pack) if offer_for(pack, cell, day).refusal is None]

    def of(table: Mapping[str, object], name: str) -> tuple[str, ...]:
        known = {getattr(cell, name) for cell in cells}
        return tuple(own for own in table if own in known)

    return Suited(of(pack.segments, "segment"), of(pack.ages, "age"), of(pack.channels, "channel"))
