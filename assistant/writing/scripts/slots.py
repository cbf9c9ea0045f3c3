"""What fills the slots of a script: the customer, the event, the holding, the plan; each with its proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.domain.action import Action
from assistant.domain.catalogue import Product
from assistant.domain.facts import Fact
from assistant.domain.formats import written
from assistant.domain.pack import Pack
from assistant.domain.plan import Part
from assistant.domain.spoken import said
from assistant.domain.values import Kind, Locale
from assistant.playbook.record import Record

OWN_MONEY = ("event", "holding", "plan")
"""Owners of slots that state the customer's own money: only after the identity check, only for their manager."""
_TITLES: dict[Locale, dict[str, str]] = {
    "zh-Hans": {"F": "{}女士", "M": "{}先生", "": "{}"},
    "zh-Hant": {"F": "{}女士", "M": "{}先生", "": "{}"},
    "en": {"F": "Ms {}", "M": "Mr {}", "": "{}"},
}
_NAMELESS: dict[Locale, str] = {"zh-Hans": "账户本人", "zh-Hant": "帳戶本人", "en": "the account holder"}
"""For one whose name cannot be said."""
_TWO = (
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 端木 东方 東方 南宫 南宮".split()
)


class Voice:
    """Says slots in one locale. `facts` holds each slot's proof by its name; the rest are plain words."""

    def __init__(self, pack: Pack, record: Record, action: Action, plan: Sequence[Part], locale: Locale) -> None:
        self._pack, self._locale = pack, locale
        self._words: dict[str, str] = {
            "customer.salutation": salutation(record.name, record.sex, locale),
            "rm.name": _manager(record, locale) or pack.institution.name[locale],
        }
        self.facts: dict[str, Fact] = dict(_own(record, action, plan))

    def __call__(self, slot: str) -> str:
        """A slot's words; a slot that nothing fills stays open."""
        if slot in self._words:
            return self._words[slot]
        if slot.endswith(".risk"):
            product = self._pack.products.get(slot.partition(":")[2].rpartition(".")[0])
            return (product.risk if product else None) or f"{{{slot}}}"
        if slot == "holding.product":
            return self.name_of(self.facts[slot].value) if slot in self.facts else f"{{{slot}}}"
        fact = self.fact(slot)
        return said(fact, self._locale) if fact else f"{{{slot}}}"

    def fact(self, slot: str) -> Fact | None:
        """The proof of a slot; None for words that prove nothing."""
        if slot == "holding.product":
            own = self.facts.get(slot)
            return self._pack.facts.get(f"product:{own.value}.name") if own else None
        return self.facts.get(slot) or self._pack.facts.get(slot)

    def private(self) -> frozenset[str]:
        """Every value of the customer's own that a slot may put into the text, as it is said and as it is written."""
        facts = [fact for slot, fact in self.facts.items() if fact.kind != "product"]
        shown = {way(fact, self._locale) for fact in facts for way in (said, written)}
        return frozenset({*self._words.values(), *shown})

    def fills(self, slot: str, product: Product | None) -> bool:
        """Whether a slot of a line can be filled, where `product` is spoken of."""
        if slot in self._words or slot in self.facts:
            return True
        if slot.startswith("product."):
            key = slot.partition(".")[2]
            held = f"product:{product.id}.{key}" in self._pack.facts if product else False
            return held or bool(key == "risk" and product and product.risk)
        if slot.startswith("plan."):
            return any(name.startswith("plan:") for name in self.facts)
        return slot in self._pack.facts

    def name_of(self, product: str) -> str:
        """A product's name; its id where the catalogue has it no more."""
        known = self._pack.products.get(product)
        return known.name[self._locale] if known else product


def salutation(name: str, sex: str, locale: Locale) -> str:
    """`李女士`, `歐陽先生`, `Ms Li Min`: the surname where the name is Chinese."""
    plain = name.strip()
    if not plain or (locale == "en" and not plain.isascii()):
        return _NAMELESS[locale]
    if locale != "en" and plain and not plain.isascii():
        plain = plain[:2] if plain[:2] in _TWO and len(plain) > 2 else plain[:1]
    form = _TITLES[locale].get(sex if sex in ("F", "M") else "", "{}")
    return form.format(plain)


def _manager(record: Record, locale: Locale) -> str | None:
    """The manager's name in a script that is read in the language."""
    if locale == "en" and record.manager and not record.manager.isascii():
        return record.manager_latin
    return record.manager


def _own(record: Record, action: Action, plan: Sequence[Part]) -> Mapping[str, Fact]:
    """Facts of the customer's own: an event's, a holding's, the plan's."""
    found: dict[str, Fact] = {}

    def add(owner: str, key: str, kind: Kind, value: Any, source: str, name: str = "") -> None:
        found[name or f"{owner.partition(':')[0]}.{key}"] = Fact(owner, key, kind, value, source)

    event = record.events.get(action.event or "")
    if event is not None:
        if event.amount is not None:
            add(f"event:{event.id}", "amount", "money", event.amount, "events")
        add(f"event:{event.id}", "date", "date", event.at.date(), "events")
    holding = record.holdings.get(action.holding or "")
    if holding is not None:
        add(f"holding:{holding.product}", "amount", "money", holding.amount, "holdings")
        add(f"holding:{holding.product}", "product", "product", holding.product, "holdings")
        if holding.matures_on:
            add(f"holding:{holding.product}", "date", "date", holding.matures_on, "holdings")
    for part in plan:
        add(f"plan:{part.bucket}", "amount", "money", Decimal(part.amount), "plan", f"plan:{part.bucket}.amount")
    return found
