"""What a script's prompt is filled with: the pack's words about a call of this kind, slot names, never a value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.domain.pack import Pack
from assistant.domain.script import Line
from assistant.domain.values import Locale
from assistant.writing.model.material import LANGUAGES, fenced, product_slots, product_words
from assistant.writing.scripts.model.asked import AMOUNT, Asked, Wanted, wanted
from assistant.writing.scripts.model.outline import Outline
from assistant.writing.scripts.talk import CHANNEL

STATUSES = {
    "counter": "done at the counter, valid",
    "online": "done online, valid",
    "lapsed": "none that is valid",
}
MOODS = {"price_sensitive": "looks at the price first", "dissatisfied": "dissatisfied with the service so far"}
SPEAKERS = {
    "relationship_manager": "the customer's own relationship manager",
    "service_desk": "a colleague of the service desk",
    "risk_desk": "a colleague of the risk desk",
    "robot": "an automated voice, which can neither hear an answer nor weigh it",
}
KINDS = {
    "{event.amount}": "the sum of what happened",
    "{event.date}": "the day on which it happened",
    "{holding.amount}": "the sum of the holding that the call is about",
    "{holding.date}": "the day on which it matures",
    "{holding.product}": "the name of what is held",
    "{you}": "how the customer is addressed, 你 or 您; stands wherever “you” would",
    "{pack.phone}": "the bank's telephone number",
    "{product.risk}": "the product's risk grade",
    AMOUNT: "the sum of this part of the plan",
}
OWN_SHARE = 0.6
"""Of a call's seconds, what is left for the model's texts; the rest are opening, warnings and goodbye."""


def material(
    pack: Pack, outline: Outline, purpose: str, evidence: Sequence[Mapping[str, str]], examples: Sequence[Line] = ()
) -> dict[str, Any]:
    """The values of the `script` prompt. `purpose`: how the house itself says why it calls, slots open."""
    locale, asked = outline.locale, wanted(pack, outline)
    trigger = pack.triggers[outline.trigger]
    campaign = pack.campaigns.get(trigger.campaign or "") if not outline.repairs else None
    segment, age = pack.segments.get(outline.segment), pack.ages[outline.age]
    sentence, unit = age.max_sentence.get(locale), "words" if locale == "en" else "Chinese characters"
    return {
        "kind": outline.kind,
        "purpose": fenced(purpose),
        "goal": fenced(campaign.goal[locale]) if campaign else "",
        "must_not_say": campaign.must_not_say.get(locale, []) if campaign else [],
        "speaker": SPEAKERS.get(outline.speaker, outline.speaker),
        "repairs": outline.repairs,
        "products": [product_words(pack.products[own], locale) for own in outline.products],
        "wanted": list(_texts(pack, asked, locale)),
        "slots": [{"written": slot, "kind": kind} for slot, kind in _slots(pack, outline, asked).items()],
        "evidence": list(evidence),
        "examples": [_example(line) for line in examples],
        "language": LANGUAGES[locale],
        "locale": locale,
        "segment": {
            "name": segment.name[locale] if segment else "customers",
            "description": segment.description.get(locale, "") if segment else "",
        },
        "age": {
            "name": age.name[locale],
            "tone": age.tone.get(locale, ""),
            "sentence": f"{sentence} {unit}" if sentence else "",
            "urgency": age.urgency,
        },
        "tags": [pack.institution.told_tags[tag][locale] for tag in outline.tags],
        "mood": MOODS[outline.mood] if outline.mood else "",
        "status": STATUSES[outline.status],
        "withheld": outline.withheld,
        "limits": list(_limits(pack, outline, unit)),
    }


def _texts(pack: Pack, asked: Wanted, locale: Locale) -> Iterator[dict[str, Any]]:
    for name, text in asked.texts.items():
        yield _text(name, text, "each with `ask` and `answer`" if text.asks else "")
        if name in ("discovery", "advice") and asked.plan:
            for part, own in asked.plan.items():
                yield _text(f"plan.{part}", own, _bucket(pack, part, own, locale))


def _text(name: str, asked: Asked, about: str) -> dict[str, Any]:
    slots = [f"`{slot}`" for slot in asked.slots]
    return {"name": name, "count": asked.count, "about": about, "slots": slots, "must": list(asked.must)}


def _bucket(pack: Pack, part: str, asked: Asked, locale: Locale) -> str:
    """What a part of the plan is for, and the type of what serves it."""
    buckets = pack.plans.buckets if pack.plans else ()
    name = next((bucket.name[locale] for bucket in buckets if bucket.id == part), "")
    product = pack.products[asked.product] if asked.product else None
    kind = product.type.replace("_", " ") if product else "stays on the account" if name else ""
    return ", ".join(filter(None, [name, kind]))


def _slots(pack: Pack, outline: Outline, asked: Wanted) -> dict[str, str]:
    """Every slot that some text may hold, with its kind; those of products are of the product of that text."""
    kinds = dict(KINDS)
    for own in outline.products:
        kinds = product_slots(pack.products[own]) | kinds
    texts = [*asked.texts.values(), *asked.plan.values()]
    used = dict.fromkeys(slot for text in texts for slot in text.slots)
    return {slot: kinds[slot] for slot in used}


def _example(line: Line) -> dict[str, str]:
    return {"name": line.section.replace("_", " "), "ask": fenced(line.ask), "text": fenced(line.text)}


def _limits(pack: Pack, outline: Outline, unit: str) -> Iterator[str]:
    channel = pack.channels[CHANNEL]
    limit = channel.limits.get(outline.kind) or channel.limits.get("body", {})
    if seconds := limit.get("spoken_seconds"):
        rate = channel.spoken_rate.get("en" if outline.locale == "en" else "zh", 150) / 60
        least, most = (math.floor(second * rate * OWN_SHARE) for second in seconds)
        yield f"All texts but the objections have {least} to {most} {unit} together, slots counted as filled in."
