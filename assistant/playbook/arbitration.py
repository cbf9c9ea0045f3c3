"""Arbitration: propensity × value × context × levers, and how outcomes move the propensity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.domain.pack import Pack
from assistant.domain.trigger import Trigger
from assistant.playbook.offering import band_of
from assistant.playbook.standing import Standing

STRENGTH = 20.0
"""So many outcomes weigh as much as the pack's prior."""
Audience = tuple[str, str, str]
"""Trigger, segment, age band."""


@dataclass(frozen=True)
class Posterior:
    """Beta posteriors of success by audience: the pack's prior and what was counted since."""

    counts: Mapping[Audience, tuple[int, int]] = field(default_factory=dict)

    def mean(self, prior: float, audience: Audience) -> float:
        """The expected share of successes, in (0, 1)."""
        won, tried = self.counts.get(audience, (0, 0))
        return (prior * STRENGTH + won) / (STRENGTH + tried)


def posterior(outcomes: Iterable[tuple[Audience, bool, int]]) -> Posterior:
    """Successes and tries, counted by audience; given: audience, whether it was a success, how often."""
    counts: dict[Audience, tuple[int, int]] = {}
    for audience, success, times in outcomes:
        won, tried = counts.get(audience, (0, 0))
        counts[audience] = (won + times * success, tried + times)
    return Posterior(counts)


def audience_of(pack: Pack, trigger: Trigger, who: Standing) -> Audience:
    """What outcomes are counted by."""
    band = band_of(pack, who.age)
    return trigger.id, who.segment or "", band.id if band else ""


def propensity(pack: Pack, trigger: Trigger, who: Standing, learned: Posterior) -> float:
    """How likely the action is to succeed with this customer, rounded to six places."""
    audience = audience_of(pack, trigger, who)
    return round(learned.mean(trigger.prior.of(audience[1], audience[2]), audience), 6)


def score(trigger: Trigger, likely: float, value: float) -> float:
    """Expected worth in the pack's currency, rounded to cents. One unit is added so that care without money counts."""
    return round(likely * (value + 1) * trigger.context * trigger.levers, 2)
