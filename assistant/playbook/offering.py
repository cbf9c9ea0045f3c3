"""What a customer may be offered, and over which channel: eligibility, applicability, suitability, frequency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.audience import AgeBand, Segment
from assistant.domain.catalogue import Limits, Product
from assistant.domain.pack import Pack
from assistant.domain.suitability import Person, Refusal, unsuitable
from assistant.domain.trigger import Trigger
from assistant.playbook.standing import Standing

ONCE = ("account", "payment")
"""Product types that one has or does not have."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for an action; `refusal` where nothing may be."""

    product: str | None = None
    channel: str | None = None
    refusal: Refusal | None = None
    passed_over: tuple[str, ...] = ()


def choose(pack: Pack, trigger: Trigger, who: Standing, value: float, on: dt.date) -> Chosen:
    """The first product and channel that the policies allow; else the first refusal, in the field's order."""
    campaign = pack.campaigns.get(trigger.campaign) if trigger.campaign else None
    if campaign is not None:
        if refusal := _limited(campaign.eligibility, who, campaign.id):
            return Chosen(refusal=refusal)
        if not pack.runs(campaign, on):
            return Chosen(refusal=Refusal("applicability", f"{campaign.id} does not run on {on}"))
    channels = list(_channels(pack, trigger, who))
    refusals: list[Refusal] = []
    for offered in trigger.offers:
        if offered.local is not None and offered.local != who.local:
            continue
        product = pack.products[offered.product]
        refusal = refused(pack, product, who, value if trigger.action == "call" else None, on)
        channel = None if refusal else next((one for one in channels if _goes(pack, product, one)), None)
        if channel is not None:
            return Chosen(product.id, channel, passed_over=tuple(f"{one.rule}: {one.why}" for one in refusals))
        refusals.append(refusal or Refusal("frequency", f"no channel is left for {product.id}"))
    if refusals:
        return Chosen(refusal=refusals[0], passed_over=tuple(f"{one.rule}: {one.why}" for one in refusals[1:]))
    if trigger.offers:
        return Chosen(refusal=Refusal("eligibility", "no offer is meant for this customer"))
    if not channels:
        return Chosen(refusal=Refusal("frequency", "every channel has been used as often as it may be"))
    return Chosen(channel=channels[0])


def band_of(pack: Pack, age: int | None) -> AgeBand | None:
    """The age band that an age lies in; None where it is unknown or in none."""
    if age is None:
        return None
    return next((b for b in pack.ages.values() if b.start <= age and (b.until is None or age <= b.until)), None)


def segment_of(pack: Pack, who: Standing) -> Segment | None:
    """The customer's segment, where the pack has it."""
    return pack.segments.get(who.segment or "")


def refused(pack: Pack, product: Product, who: Standing, amount: float | None, on: dt.date) -> Refusal | None:
    """Why a product may not be offered to a customer; `amount`, where it is known, must reach the minimum."""
    if product.markets and who.market and who.market not in product.markets:
        return Refusal("eligibility", f"{product.id} is not sold in {who.market}")
    if product.window and not product.window.holds(on):
        return Refusal("applicability", f"{product.id} is not on sale on {on}")
    if refusal := _limited(product.customers, who, product.id):
        return refusal
    if product.type in ONCE and product.id in who.holds:
        return Refusal("applicability", f"the customer has {product.id} already")
    minimum = product.facts.get("minimum")
    if amount is not None and minimum is not None and amount < float(minimum.value):
        return Refusal("applicability", f"{product.id} begins at {minimum.value}")
    return not_suitable(product, who, on)


def not_suitable(product: Product, who: Standing, on: dt.date) -> Refusal | None:
    """The one suitability function, and that what is unknown forbids: no assessment, no graded product."""
    if product.grade and (who.risk is None or who.assessed_on is None):
        return Refusal("suitability", f"{product.id} is R{product.grade} and there is no risk assessment")
    refusal = unsuitable(product.grade, Person(who.age, who.risk, who.assessed_on), on)
    return Refusal("suitability", f"{product.id}: {refusal.why} ({refusal.rule})") if refusal else None


def _limited(limits: Limits, who: Standing, name: str) -> Refusal | None:
    if limits.segments and who.segment not in limits.segments:
        return Refusal("eligibility", f"{name} is only for {', '.join(limits.segments)}")
    if who.age is not None and limits.min_age is not None and who.age < limits.min_age:
        return Refusal("eligibility", f"{name} begins at {limits.min_age} years")
    if who.age is not None and limits.max_age is not None and who.age > limits.max_age:
        return Refusal("eligibility", f"{name} ends at {limits.max_age} years")
    return None


def _channels(pack: Pack, trigger: Trigger, who: Standing) -> Iterator[str]:
    """The trigger's channels that may be used, the customer's own first where it is a message."""
    order = list(trigger.channels)
    if trigger.action == "message" and who.preferred in order:
        order.sort(key=lambda own: own != who.preferred)
    policy = pack.contact
    for own in order:
        tag = pack.channels[own].needs_tag
        if tag and tag not in who.tags:
            continue
        cap = policy.channels.get(own) if policy and trigger.kind == "sales" else None
        if cap is None or who.touches.get(own, 0) < cap:
            yield own


def _goes(pack: Pack, product: Product, channel: str) -> bool:
    """Whether a product may be spoken of over a channel."""
    if product.placement == "private" and pack.channels[channel].public:
        return False
    return not product.channels or channel in product.channels
