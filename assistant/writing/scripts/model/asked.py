"""What a model is asked for: the fields of its answer, the slots that each may hold, and their schema."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain.pack import Pack
from assistant.domain.slots import ANY_BRACE, keys_of
from assistant.domain.values import Locale
from assistant.writing.model.answer import Schema
from assistant.writing.model.material import product_slots
from assistant.writing.scripts.compose import ADVICE, OBJECTIONS, QUESTIONS, UNHAPPY
from assistant.writing.scripts.model.outline import Outline

MOST, MOST_ASK = 600, 120
"""Characters of a text, and of what a customer objects."""
LEAD, OFFER, CLOSE = "lead", "offer", "close"
AMOUNT, NAME = "{plan.amount}", "{product.name}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One text that is wanted. `count`: how many of it, 0 for a single one; `slots` it may hold, `must` it has to.

    `asks`: each comes with what the customer objects.
    """

    slots: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    count: int = 0
    asks: bool = False
    product: str | None = None


@dataclass(frozen=True)
class Wanted:
    """The answer that an outline asks for: single texts and lists by name, a plan by its buckets."""

    texts: Mapping[str, Asked]
    plan: Mapping[str, Asked] = field(default_factory=dict)

    def schema(self, exact: bool) -> Schema:
        """What an answer must be. `exact` is for constrained decoding: no digit and no brace but those of a slot."""
        fields = {name: _field(asked, exact) for name, asked in self.texts.items()}
        if self.plan:
            fields["plan"] = _closed({name: _text(asked.slots, exact) for name, asked in self.plan.items()})
        order = [name for name in ORDER if name in fields]
        return _closed({name: fields[name] for name in order})


ORDER = ("purpose", "discovery", "questions", "advice", "plan", "objections", "next_step")


def wanted(pack: Pack, outline: Outline) -> Wanted:
    """The fields that a call's answer has."""
    free = (*(("{you}",) if outline.locale != "en" else ()), *(("{pack.phone}",) if "pack.phone" in pack.facts else ()))
    own = tuple(f"{{{slot}}}" for slot in outline.about)
    offered = slots_of_product(pack, outline.offer, outline.locale) if outline.offer else ()
    texts = {"purpose": Asked((*free, *own))}
    if outline.kind == "care":
        if outline.speaker != "robot":
            texts["questions"] = Asked(free, count=QUESTIONS)
        return Wanted(texts | {"advice": Asked(free, count=ADVICE), "next_step": Asked(free)})
    if not outline.repairs:
        texts["discovery"] = Asked(free, count=QUESTIONS - (outline.mood == UNHAPPY))
    texts["objections"] = Asked((*free, *offered), count=OBJECTIONS, asks=True, product=outline.offer)
    if not outline.repairs:
        texts["next_step"] = Asked((*free, *((NAME,) if outline.offer else ())), product=outline.offer)
    return Wanted(texts, _plan(pack, outline, free))


def _plan(pack: Pack, outline: Outline, free: tuple[str, ...]) -> dict[str, Asked]:
    if outline.offer:
        return {
            OFFER: Asked(
                (*free, *slots_of_product(pack, outline.offer, outline.locale)), must=(NAME,), product=outline.offer
            )
        }
    if not outline.parts:
        return {}
    found = {LEAD: Asked(free)}
    for bucket, product in outline.parts:
        of = slots_of_product(pack, product, outline.locale) if product else ()
        must = (AMOUNT, NAME) if product else (AMOUNT,)
        found[bucket] = Asked((*free, AMOUNT, *of), must=must, product=product)
    return found | {CLOSE: Asked(free)}


def slots_of_product(pack: Pack, own: str, locale: Locale) -> tuple[str, ...]:
    """The slots of a product that the house itself says on the telephone, its owner left open."""
    product = pack.products[own]
    lines = [
        line for line in pack.scripts.get(locale, ()) if line.section == "plan" and product.type in line.product_type
    ]
    said = dict.fromkeys(
        f"{{product.{key}}}" for line in lines for owner, key in keys_of(line.text) if owner == "product"
    )
    held = {*product_slots(product), *(("{product.risk}",) if product.risk else ())}
    return tuple(slot for slot in dict.fromkeys((NAME, *said)) if slot in held)


def strange(text: str, slots: Sequence[str]) -> list[str]:
    """What stands in braces and was not offered."""
    return [brace for brace in ANY_BRACE.findall(text) if brace not in slots]


def _field(asked: Asked, exact: bool) -> Schema:
    text = _text(asked.slots, exact)
    one = _closed({"ask": _text((), exact, MOST_ASK), "answer": text}) if asked.asks else text
    if not asked.count:
        return one
    # A server without constrained decoding may miscount: what is over is left out.
    return {"type": "array", "items": one, "minItems": asked.count, **({"maxItems": asked.count} if exact else {})}


def _text(slots: Sequence[str], exact: bool, most: int = MOST) -> Schema:
    if not exact:
        return {"type": "string", "minLength": 1, "maxLength": most}
    choice = "|".join(re.escape(slot) for slot in slots)
    word = r"[^{}0-9０-９%％\x00-\x1f]" + (f"|{choice}" if choice else "")
    return {"type": "string", "pattern": f"^(?:{word})+$"}


def _closed(fields: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }
