"""Whether what the entries of a pack name exists, and whether their words keep the pack's own promises."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.domain.pack import Pack
from assistant.domain.phrase import Phrase
from assistant.domain.slots import ANY_BRACE, SLOT, keys_of
from assistant.errors import Problem
from assistant.packs.line_references import lines
from assistant.packs.lookup import unknown
from assistant.packs.trigger_references import triggers
from assistant.text.figures import scan
from assistant.text.fold import fold

if TYPE_CHECKING:
    from assistant.packs.loader import Reading

FREE_SLOTS = {"{you}"}


def dangling(pack: Pack, reading: Reading) -> Iterator[Problem]:
    """Every reference that leads nowhere, slot that nothing fills, name that stands twice, foreign address."""
    yield from _institution(pack)
    yield from _products(pack, reading)
    yield from _campaigns(pack, reading)
    yield from _audience(pack, reading)
    yield from _rules(pack, reading)
    yield from _asked(pack, reading)
    yield from triggers(pack, reading)
    yield from lines(pack, reading)
    for locale, book in pack.books.items():
        for phrase in book.phrases:
            yield from _phrase(pack, reading, f"phrases/{locale}", phrase)


def _institution(pack: Pack) -> Iterator[Problem]:
    for name, market in pack.institution.markets.items():
        for locale in market.locales:
            if locale not in pack.books:
                yield Problem(
                    "pack.yaml", 1, f"market {name}: there is no locale “{locale}”", "use zh-Hans, zh-Hant or en"
                )
    yield from _hosts(pack, "pack.yaml", 1, pack.institution.facts)


def _hosts(pack: Pack, file: str, line: int, facts: object) -> Iterator[Problem]:
    for key, value in facts.items():  # type: ignore[attr-defined]
        if value.kind == "link" and urlsplit(value.value).hostname not in pack.institution.link_hosts:
            mend = f"use one of {', '.join(pack.institution.link_hosts)} or add the host to link_hosts"
            yield Problem(file, line, f"{key}: the host of {value.value} is not the institution's", mend)


def _products(pack: Pack, reading: Reading) -> Iterator[Problem]:
    names: dict[str, str] = {}
    for own, product in pack.products.items():
        at = ("products", own)
        yield from unknown(reading, *at, ("type",), "product type", [product.type], pack.institution.product_types)
        yield from unknown(reading, *at, ("disclosures",), "disclosure", product.disclosures, pack.disclosures)
        yield from unknown(reading, *at, ("channels",), "channel", product.channels, pack.channels)
        yield from unknown(reading, *at, ("markets",), "market", product.markets, pack.institution.markets)
        yield from unknown(reading, *at, ("customers",), "segment", product.customers.segments, pack.segments)
        yield from unknown(reading, *at, ("customers",), "age band", product.customers.ages, pack.ages)
        file, line = reading.at(*at)
        yield from _hosts(pack, file, line, product.facts)
        spelled = {*product.name.values(), *(a for words in product.aliases.values() for a in words)}
        for name in spelled:
            if names.setdefault(name, own) != own:
                yield Problem(file, line, f"{own}: the name “{name}” is also {names[name]}'s", "make the names differ")
        for text in (*product.summary.values(), *product.redemption.values()):
            yield from _slots(pack, file, line, own, text, [own], [])


def _campaigns(pack: Pack, reading: Reading) -> Iterator[Problem]:
    for own, campaign in pack.campaigns.items():
        at = ("campaigns", own)
        yield from unknown(reading, *at, ("offers",), "product", campaign.offers, pack.products)
        yield from unknown(reading, *at, ("topic",), "topic", [campaign.topic], pack.institution.topics)
        yield from unknown(reading, *at, ("act",), "act", [campaign.act], pack.institution.acts)
        yield from unknown(reading, *at, ("disclosures",), "disclosure", campaign.disclosures, pack.disclosures)
        yield from unknown(reading, *at, ("channels",), "channel", campaign.channels, pack.channels)
        yield from unknown(reading, *at, ("eligibility",), "segment", campaign.eligibility.segments, pack.segments)
        yield from unknown(reading, *at, ("eligibility",), "age band", campaign.eligibility.ages, pack.ages)
        file, line = reading.at(*at)
        yield from _hosts(pack, file, line, campaign.facts)
        for text in campaign.rules_page.values():
            yield from _slots(pack, file, line, own, text, list(campaign.offers), [own])


def _audience(pack: Pack, reading: Reading) -> Iterator[Problem]:
    for own, segment in pack.segments.items():
        yield from unknown(reading, "segments", own, ("ages",), "age band", segment.ages, pack.ages)


def _asked(pack: Pack, reading: Reading) -> Iterator[Problem]:
    known = [f"product:{own}" for own in pack.products] + [f"campaign:{own}" for own in pack.campaigns]
    known += [f"disclosure:{own}" for own in pack.disclosures]
    known += [f"guide:{guide.subject}" for guide in pack.guides]
    for own in pack.asked:
        yield from unknown(reading, "asked", own, ("of",), "entry", [own], known)


def _rules(pack: Pack, reading: Reading) -> Iterator[Problem]:
    laws = {market.jurisdiction for market in pack.institution.markets.values()}
    for own, rule in pack.rules.items():
        at = ("rules", own)
        yield from unknown(reading, *at, ("jurisdictions",), "jurisdiction", rule.jurisdictions, laws)
        yield from unknown(reading, *at, ("applies_to",), "channel", rule.applies_to.channels, pack.channels)
        types = pack.institution.product_types
        yield from unknown(reading, *at, ("applies_to",), "product type", rule.applies_to.product_types, types)
        file, line = reading.at(*at)
        if rule.effective_from and rule.effective_until and rule.effective_until < rule.effective_from:
            yield Problem(file, line, f"{own}: effective_until is before effective_from", "swap the two days")
        for name in ("must_flag", "must_pass"):
            if not getattr(rule, name):
                yield Problem(file, line, f"{own}: the rule has no {name}", "give an example of both kinds")


def _phrase(pack: Pack, reading: Reading, section: str, phrase: Phrase) -> Iterator[Problem]:
    at, known = (section, phrase.id), pack.institution
    yield from unknown(reading, *at, ("campaign",), "campaign", phrase.campaign, pack.campaigns)
    yield from unknown(reading, *at, ("segment",), "segment", phrase.segment, pack.segments)
    yield from unknown(reading, *at, ("age",), "age band", phrase.age, pack.ages)
    yield from unknown(reading, *at, ("channel",), "channel", phrase.channel, pack.channels)
    yield from unknown(reading, *at, ("topic",), "topic", phrase.topic, known.topics)
    yield from unknown(reading, *at, ("act",), "act", phrase.act, known.acts)
    yield from unknown(reading, *at, ("product_type",), "product type", phrase.product_type, known.product_types)
    yield from unknown(reading, *at, ("angle",), "angle", [phrase.angle] if phrase.angle else [], known.angles)
    file, line = reading.at(*at, "text")
    campaigns = list(phrase.campaign) or list(pack.campaigns)
    products = [p for c in phrase.campaign if c in pack.campaigns for p in pack.campaigns[c].offers]
    yield from _slots(pack, file, line, phrase.id, phrase.text, products or list(pack.products), campaigns)
    words = fold(SLOT.sub("■", phrase.text.replace("{you}", ""))).text
    for figure in (one for one in scan(words) if not one.loose):
        what = f"{phrase.id}: the figure “{words[figure.start : figure.end]}” stands outside a slot"
        yield Problem(file, line, what, "write a slot such as {product.rate}, or say it without a figure")


def _slots(
    pack: Pack, file: str, line: int, own: str, text: str, products: list[str], campaigns: list[str]
) -> Iterator[Problem]:
    for brace in ANY_BRACE.findall(text):
        if brace not in FREE_SLOTS and not SLOT.fullmatch(brace):
            yield Problem(
                file, line, f"{own}: {brace} is no slot", "write {product.rate}, {campaign.link} or {pack.phone}"
            )
    for owner, key in keys_of(text):
        owners = {"product": products, "campaign": campaigns}.get(owner)
        if owners is None:
            holds = owner != "pack" or f"pack.{key}" in pack.facts
        else:
            holds = any(f"{owner}:{one}.{key}" in pack.facts for one in owners)
        if not holds and f"{{{owner}:" not in text:
            keys = {slot.rpartition(".")[2] for slot in pack.facts if slot.startswith(owner)}
            close = difflib.get_close_matches(key, sorted(keys), n=1)
            mend = f"write {{{owner}.{close[0]}}}" if close else "use a key that the catalogue has"
            yield Problem(file, line, f"{own}: nothing fills {{{owner}.{key}}}", mend)
