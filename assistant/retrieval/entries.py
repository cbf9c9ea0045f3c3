"""A pack → entries: every product, campaign, rule, disclosure and guide, in every locale that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.domain.pack import Pack
from assistant.domain.values import LOCALES, Locale
from assistant.retrieval.entry import Entry, EntryKind
from assistant.retrieval.scope import Days, days_of, laws, places, run_days, window_days, without_empty
from assistant.retrieval.texts import campaign_text, disclosure_text, filled, product_text

ENTRIES = "2"
"""Changes whenever the same pack gives other entries."""

_Scope = dict[str, str | int | Iterable[str]]


def entries_of(pack: Pack) -> list[Entry]:
    """All entries of a pack, ids unique, in an order that only the pack decides."""
    plain = [*_products(pack), *_campaigns(pack), *_rules(pack), *_disclosures(pack), *_guides(pack)]
    return [_asked(pack, entry) for entry in plain]


def _asked(pack: Pack, entry: Entry) -> Entry:
    """The entry with the words that people ask for it in; evidence for a writer leaves them out."""
    asked = pack.asked.get(entry.owner)
    words = asked.words.get(entry.locale) if asked else None
    return replace(entry, asked="\n".join(words)) if words else entry


def _entry(
    kind: EntryKind, subject: str, locale: Locale, title: str, text: str, scope: _Scope, place: str = ""
) -> Entry:
    owner = f"{kind}:{subject}"
    metadata = {"kind": kind, "owner": owner, "locale": locale, "title": title, **scope}
    return Entry(f"{owner}@{place}{locale}", kind, owner, locale, title, text, without_empty(metadata))


def _products(pack: Pack) -> Iterator[Entry]:
    for product in pack.products.values():
        scope: _Scope = {
            "products": [product.id],
            "product_types": [product.type],
            "campaigns": [campaign.id for campaign in pack.campaigns.values() if product.id in campaign.offers],
            "segments": product.customers.segments or list(pack.segments),
            **places(pack, product.markets),
            **window_days(product.window).metadata(),
        }
        for locale in pack.locales:
            text = product_text(pack, product, locale)
            yield _entry("product", product.id, locale, product.name[locale], text, scope)


def _campaigns(pack: Pack) -> Iterator[Entry]:
    for campaign in pack.campaigns.values():
        offers = [pack.products[offer] for offer in campaign.offers if offer in pack.products]
        # An offer that is sold everywhere takes the campaign everywhere.
        markets = {market for offer in offers for market in offer.markets or pack.institution.markets}
        scope: _Scope = {
            "products": [offer.id for offer in offers],
            "product_types": [offer.type for offer in offers],
            "campaigns": [campaign.id],
            "segments": campaign.eligibility.segments or list(pack.segments),
            **places(pack, markets),
            **run_days(campaign.period).metadata(),
        }
        for locale in pack.locales:
            text = campaign_text(pack, campaign, offers, locale)
            yield _entry("campaign", campaign.id, locale, campaign.name[locale], text, scope)


def _rules(pack: Pack) -> Iterator[Entry]:
    for rule in pack.rules.values():
        scope: _Scope = {
            "product_types": rule.applies_to.product_types,
            "segments": list(pack.segments),
            **laws(pack, rule.jurisdictions),
            **days_of(rule.effective_from, rule.effective_until).metadata(),
        }
        for locale in pack.locales:
            text = f"{rule.message[locale]}\n{rule.reference}"
            yield _entry("rule", rule.id, locale, rule.id, text, scope)


def _disclosures(pack: Pack) -> Iterator[Entry]:
    for disclosure in pack.disclosures.values():
        own = disclosure.id
        types = {*disclosure.applies_to.get("product_types", ()), *disclosure.applies_to.get("types", ())}
        scope: _Scope = {
            "products": [p.id for p in pack.products.values() if own in p.disclosures],
            "product_types": types | {p.type for p in pack.products.values() if own in p.disclosures},
            "campaigns": [c.id for c in pack.campaigns.values() if own in c.disclosures],
            "segments": list(pack.segments),
            **Days().metadata(),
        }
        for jurisdiction, texts in disclosure.jurisdictions.items():
            held: _Scope = {**scope, **laws(pack, [jurisdiction])}
            for locale in LOCALES:
                if locale in texts:
                    text = disclosure_text(disclosure, jurisdiction, locale)
                    yield _entry("disclosure", own, locale, own, text, held, f"{jurisdiction}/")


def _guides(pack: Pack) -> Iterator[Entry]:
    names = {
        name: product.id
        for product in pack.products.values()
        for locale in LOCALES
        for name in (product.name.get(locale), *product.aliases.get(locale, ()))
        if name
    }
    for guide in pack.guides:
        # A story whose heading names a product is that product's; other prose is everybody's.
        own = [product for name, product in names.items() if name.lower() in guide.title.lower()]
        scope: _Scope = {
            "products": own,
            "product_types": [pack.products[product].type for product in own],
            "segments": list(pack.segments),
            **places(pack, ()),
            **Days().metadata(),
        }
        text = filled(pack, guide.text, guide.locale)
        yield _entry("guide", guide.subject, guide.locale, guide.title, text, scope)
