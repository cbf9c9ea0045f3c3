"""What a prompt is filled with: the pack's words about a cell, slot names and kinds, never a figure of a fact."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from assistant.domain.audience import Channel
from assistant.domain.call import Cut
from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from assistant.writing.drafts import EvidenceItem, Job
from assistant.writing.model.answer import titled
from assistant.writing.notes import without_identifiers

LANGUAGES: dict[Locale, str] = {
    "zh-Hans": "Simplified Chinese, as written in mainland China",
    "zh-Hant": "Traditional Chinese, as written in Taiwan",
    "en": "English",
}
_LINK = "{campaign.link}"
_FENCE = re.compile(r"<<<+|>>>+")


def estimate(text: str) -> int:
    """Tokens of a text, rather too many than too few, for when the model's tokenizer is not at hand."""
    wide = sum(1 for sign in text if sign > "⺀")
    return wide + math.ceil((len(text) - wide) / 3)


def slots_offered(pack: Pack, job: Job) -> dict[str, str]:
    """Slot as written → kind, the link last and only where the channel takes one. The same for cells of one product."""
    found = product_slots(job.product) if job.product is not None else {}
    campaign = pack.campaigns[job.cell.campaign]
    found["{campaign.name}"] = "the campaign's name"
    found.update({f"{{campaign.{key}}}": _kind(key, fact.kind) for key, fact in campaign.facts.items()})
    if "phone" in pack.institution.facts:
        found["{pack.phone}"] = "the bank's telephone number"
    if job.cell.locale != "en":
        found["{you}"] = "how the reader is addressed, 你 or 您; stands wherever “you” would"
    if found.pop(_LINK, None) and pack.channels[job.cell.channel].link_allowed:
        found[_LINK] = "link"
    return found


def product_slots(product: Product) -> dict[str, str]:
    """The slots of a product that is spoken of, its owner left open, each with its kind."""
    facts = {f"{{product.{key}}}": _kind(key, fact.kind) for key, fact in product.facts.items()}
    return {"{product.name}": "the product's name", **facts}


def _kind(key: str, kind: str) -> str:
    words = key.replace("_", " ")
    return kind if words == kind else f"{kind} ({words})"


def material(
    pack: Pack, job: Job, evidence: Sequence[Mapping[str, str]], examples: Sequence[str] = ()
) -> dict[str, Any]:
    """The values of the `write` prompt; `evidence` as `kept_evidence` gives it, `examples` in the house's own words."""
    cell, locale = job.cell, job.cell.locale
    channel, campaign = pack.channels[cell.channel], pack.campaigns[cell.campaign]
    segment, age = pack.segments[cell.segment], pack.ages[cell.age]
    slots = slots_offered(pack, job)
    unit = "words" if locale == "en" else "Chinese characters"
    sentence = age.max_sentence.get(locale)
    return {
        "campaign": {
            "goal": fenced(campaign.goal[locale]),
            "must_say": campaign.must_say.get(locale, []),
            "must_not_say": campaign.must_not_say.get(locale, []),
        },
        "product": product_words(job.product, locale) if job.product else None,
        "slots": [{"written": slot, "kind": kind} for slot, kind in slots.items() if slot != _LINK],
        "evidence": list(evidence),
        "examples": [fenced(example) for example in examples],
        "language": LANGUAGES[locale],
        "locale": locale,
        "link": _LINK if _LINK in slots else "",
        "channel": {
            "name": channel.name[locale],
            "notes": channel.notes.get(locale, ""),
            "limits": limits_of(channel, locale),
            "spoken": channel.voice,
        },
        "segment": {"name": segment.name[locale], "description": segment.description.get(locale, "")},
        "age": {
            "name": age.name[locale],
            "tone": age.tone.get(locale, ""),
            "sentence": f"{sentence} {unit}" if sentence else "",
            "urgency": age.urgency,
        },
        "note": fenced(without_identifiers(job.note.strip())),
        "titled": titled(channel),
        "count": job.count,
    }


def product_words(product: Product, locale: Locale) -> dict[str, Any]:
    """What the catalogue says of a product in words, and which of its claims hold."""
    told = (text.get(locale, "") for text in (product.redemption, product.benchmark_basis, product.underlying))
    points = [*product.selling_points.get(locale, []), *filter(None, told)]
    flags = {key: key.replace("_", " ") for key in product.flags}
    return {
        "type": product.type.replace("_", " "),
        "summary": fenced(product.summary[locale]),
        "points": [fenced(point) for point in points],
        "holds": [words for key, words in flags.items() if product.flags[key]],
        "fails": [words for key, words in flags.items() if not product.flags[key]],
    }


def kept_evidence(
    evidence: Sequence[EvidenceItem],
    budget: int,
    count_tokens: Callable[[str], int] = estimate,
    owners: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[dict[str, str]], list[Cut]]:
    """Evidence as the prompt shows it, as far as the budget of tokens reaches, and what was cut.

    `owners`: slots' beginnings with and without their owner (`{product:TD-24M.` → `{product.`).
    """
    kept: list[dict[str, str]] = []
    cut: list[Cut] = []
    left = budget
    for item in evidence:
        tokens = count_tokens(f"{item.title}\n{item.text}")
        # What comes after the first that does not fit is less to the point than it: it is not let in instead.
        if cut or tokens > left:
            cut.append(Cut(evidence=item.id, tokens=tokens, why=f"{left} of {budget} tokens of evidence were left"))
            continue
        left -= tokens
        # A guide names a slot's owner; the model is offered the slot without it, and writes what it reads.
        text = item.text
        for owned, plain in owners.items():
            text = text.replace(owned, plain)
        kept.append({"title": fenced(" ".join(item.title.split())), "text": fenced(text)})
    return kept, cut


def owners_of(job: Job) -> dict[str, str]:
    """The slots of a cell whose owner goes without saying."""
    found = {f"{{campaign:{job.cell.campaign}.": "{campaign."}
    return found | ({f"{{product:{job.product.id}.": "{product."} if job.product is not None else {})


def fenced(text: str) -> str:
    """Text that cannot close the fence which it stands behind."""
    return _FENCE.sub("«»", text)


def limits_of(channel: Channel, locale: Locale) -> list[str]:
    """The channel's lengths in words; a slot counts about eight characters when it is filled."""
    latin = locale == "en"
    unit = "characters" if latin else "Chinese characters"
    lines = []
    for part in channel.parts:
        limit = channel.limits.get(part, {})
        if most := limit.get("latin" if latin else "chars"):
            lines.append(f"The {part} has at most {most} {unit}, slots counted as filled in.")
        if aim := limit.get("aim"):
            lines.append(f"Aim at {aim} {unit} for the {part}.")
        if seconds := limit.get("spoken_seconds"):
            rate = channel.spoken_rate.get("en" if latin else "zh", 150) / 60
            least, most = (math.floor(second * rate) for second in seconds)
            lines.append(f"The {part} has {least} to {most} {'words' if latin else unit}.")
    if aim := channel.limits.get("en" if latin else "zh", {}).get("aim"):
        lines.append(f"At most {aim} {unit} in all.")
    return lines
