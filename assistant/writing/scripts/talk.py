"""What a call is about: the customer, the action, the plan or the offer, the words it will be held in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.checks.case import LintCase
from assistant.domain.action import Action
from assistant.domain.audience import AgeBand
from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.plan import Part
from assistant.domain.script import Assessment, Mood
from assistant.domain.values import Locale
from assistant.playbook.offering import band_of
from assistant.playbook.planner import plan
from assistant.playbook.record import Record

UNHAPPY = 6
"""A satisfaction score up to this is a dissatisfied customer's."""
CHANNEL = "call"


@dataclass(frozen=True)
class Talk:
    """A call before its words. `products`: what is spoken of; `parts`: the plan, empty where there is none."""

    record: Record
    action: Action
    locale: Locale
    market: str
    parts: tuple[Part, ...]
    products: tuple[Product, ...]

    @property
    def mood(self) -> Mood | None:
        """Dissatisfied before price-sensitive: an apology comes first."""
        tags, score = self.record.standing.tags, self.record.satisfaction
        if "dissatisfied" in tags or (score is not None and score <= UNHAPPY):
            return "dissatisfied"
        return "price_sensitive" if "price_sensitive" in tags else None

    @property
    def status(self) -> Assessment:
        """How the risk assessment stands: done at the counter, done online, or none that is valid."""
        if not self.record.standing.assessed:
            return "lapsed"
        return "counter" if self.record.assessed_by == "counter" else "online"

    @property
    def speaker(self) -> str:
        """Who calls: a manager where something is sold, else whose task it is."""
        if self.action.kind == "sales":
            return "relationship_manager"
        return "service_desk" if self.action.owner == "campaign" else self.action.owner

    def band(self, pack: Pack) -> AgeBand:
        """The customer's age band; the first where the age is unknown."""
        return band_of(pack, self.record.standing.age) or next(iter(pack.ages.values()))

    def case(self, product: str | None) -> LintCase:
        """The call as the checks see it, its text left empty."""
        who = self.record.standing
        return LintCase(
            id=self.action.action_id,
            text="",
            channel=CHANNEL,
            product=product,
            locale=self.locale,
            market=self.market,
            age=who.age,
            risk=f"C{who.risk}" if who.risk else None,
            risk_assessed_at=who.assessed_on,
            professional=self.record.professional,
            consent=who.consent,
            purpose=self.action.kind,
            send_at=self.record.now,
        )


def talk_of(pack: Pack, record: Record, action: Action, locale: Locale, graded: bool = True) -> Talk:
    """The call that an action asks for; `graded`: whether products with a risk grade may be spoken of at all."""
    market = _market(pack, record, locale)
    # What may be offered hangs on the market in which the customer is spoken to.
    record = replace(record, standing=replace(record.standing, market=market))
    # Without an assessment no plan holds a graded product; the customer's own is not touched by that.
    planned = replace(record.standing, assessed=False, risk=None) if not graded else record.standing
    parts = tuple(_plan(pack, replace(record, standing=planned), action))
    sold = [part.product for part in parts] if parts else [action.product]
    products = tuple(pack.products[own] for own in dict.fromkeys(sold) if own)
    return Talk(record, action, locale, market, parts, tuple(one for one in products if graded or not one.grade))


def _plan(pack: Pack, record: Record, action: Action) -> list[Part]:
    """The plan of the sum that the call is about, where its trigger has one."""
    if not pack.triggers[action.trigger].plan:
        return []
    event, holding = record.events.get(action.event or ""), record.holdings.get(action.holding or "")
    amount = event.amount if event else holding.amount if holding else None
    beside = {own: record.held[own] for own in record.held if holding is None or own != holding.product}
    return plan(pack, record.standing, amount, record.now.date(), beside) if amount else []


def _market(pack: Pack, record: Record, locale: Locale) -> str:
    known = pack.institution.markets
    if record.market in known and locale in known[record.market].locales:
        return record.market
    return pack.home_market(locale)
