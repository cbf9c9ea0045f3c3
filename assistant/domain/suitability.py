"""Whether a product may be offered: the one function that every stage calls."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.audience import AgeBand, Channel, Segment
from assistant.domain.catalogue import Limits, Product

ELDER_AGE = 65
"""From this age on the special duty of the suitability rules holds."""
ELDER_GRADE = 4
"""From this risk grade on a product is not offered to elders (pack policy CN-65)."""


@dataclass(frozen=True, slots=True)
class Person:
    """What suitability looks at; None is unknown. `risk` is the customer's grade 1–5."""

    age: int | None = None
    risk: int | None = None
    assessed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: the rule or policy that forbids, and in words."""

    rule: str
    why: str


def unsuitable(product_grade: int, person: Person, on: dt.date, valid_days: int = 365) -> Refusal | None:
    """None where nothing known forbids; a grade of 0 (deposits, accounts) is open to all."""
    if product_grade == 0:
        return None
    if person.age is not None and person.age >= ELDER_AGE and product_grade >= ELDER_GRADE:
        return Refusal("CN-65", f"R{product_grade} is not offered from {ELDER_AGE} years on")
    if person.risk is not None and product_grade > person.risk:
        return Refusal("CN-SUIT", f"R{product_grade} is above the customer's C{person.risk}")
    if person.assessed_on is not None and (on - person.assessed_on).days > valid_days:
        return Refusal("CN-SUIT", f"the risk assessment of {person.assessed_on} is older than {valid_days} days")
    return None


def not_for(limits: Limits, segment: Segment, age: AgeBand) -> Refusal | None:
    """Whether limits of a product or campaign shut a segment and age band out."""
    if limits.segments and segment.id not in limits.segments:
        return Refusal("eligibility", f"it is only for {', '.join(limits.segments)}")
    if limits.ages and age.id not in limits.ages:
        return Refusal("eligibility", f"it is only for the ages {', '.join(limits.ages)}")
    if limits.max_age is not None and age.start > limits.max_age:
        return Refusal("eligibility", f"it ends at {limits.max_age} years")
    if limits.min_age is not None and age.until is not None and age.until < limits.min_age:
        return Refusal("eligibility", f"it begins at {limits.min_age} years")
    return None


def not_offered(
    product: Product, segment: Segment, age: AgeBand, channel: Channel, market: str, on: dt.date
) -> Refusal | None:
    """Whether a product may stand in a message to a segment and age band over a channel of a market."""
    if product.markets and market not in product.markets:
        return Refusal("market", f"{product.id} is not sold in {market}")
    if product.window and not product.window.holds(on):
        return Refusal("window", f"{product.id} is not on sale on {on}")
    if product.placement == "private" and channel.public:
        return Refusal("CN-PRIVATE", f"{product.id} is privately placed and {channel.id} is a public channel")
    if product.channels and channel.id not in product.channels:
        return Refusal("channel", f"{product.id} may not be promoted by {channel.id}")
    if refusal := not_for(product.customers, segment, age):
        return Refusal(refusal.rule, f"{product.id}: {refusal.why}")
    if product.grade > segment.grade:
        return Refusal(
            "CN-SUIT", f"{product.id} is R{product.grade}, the segment {segment.id} goes up to {segment.risk}"
        )
    return unsuitable(product.grade, Person(age=age.start), on)
