"""The words of an entry: everything that somebody might look for, with every slot filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.domain.catalogue import Campaign, Disclosure, Product
from assistant.domain.formats import written
from assistant.domain.pack import Pack
from assistant.domain.slots import fill
from assistant.domain.values import Locale
from assistant.retrieval.words import flag_words, type_words


def filled(pack: Pack, text: str, locale: Locale, products: Sequence[str] = (), campaign: str | None = None) -> str:
    """The text with its slots filled from the catalogue; a slot that waits for a customer is left empty.

    `{product.rate}` takes the first of `products` that has a rate.
    """

    def value(slot: str) -> str:
        owner, _, key = slot.rpartition(".")
        open_owners = {"product": [f"product:{one}" for one in products], "campaign": [f"campaign:{campaign}"]}
        owners = open_owners.get(owner, [owner])
        fact = next((pack.facts[full] for one in owners if (full := f"{one}.{key}") in pack.facts), None)
        return written(fact, locale) if fact else ""

    return fill(text, value).text


def product_text(pack: Pack, product: Product, locale: Locale) -> str:
    """Name, aliases, type, summary, facts, selling points, redemption, disclosures' ids: a line each."""
    lines = [
        f"{product.id} {product.name[locale]} {' '.join(product.aliases.get(locale, ()))}",
        type_words(product.type, locale),
        product.summary[locale],
        _joined(_facts(pack, f"product:{product.id}", product.facts, locale)),
        _joined(flag_words(flag, locale) for flag, holds in product.flags.items() if holds),
        product.risk or "",
        _joined(product.selling_points.get(locale, ())),
        product.redemption.get(locale, ""),
        product.benchmark_basis.get(locale, ""),
        " ".join(product.disclosures),
    ]
    return filled(pack, _lines(lines), locale, [product.id])


def campaign_text(pack: Pack, campaign: Campaign, offers: Iterable[Product], locale: Locale) -> str:
    """Name, goal, what is offered, reward and other facts, the rules page: a line each."""
    lines = [
        f"{campaign.id} {campaign.name[locale]}",
        campaign.goal[locale],
        _joined(offer.name[locale] for offer in offers),
        _joined(_facts(pack, f"campaign:{campaign.id}", campaign.facts, locale)),
        campaign.rules_page.get(locale, ""),
    ]
    return filled(pack, _lines(lines), locale, campaign.offers, campaign.id)


def disclosure_text(disclosure: Disclosure, jurisdiction: str, locale: Locale) -> str:
    """The full, short and spoken wordings, each once, a line each."""
    shapes = (disclosure.wording(jurisdiction, locale, form) for form in ("full", "short", "spoken"))
    return _lines(dict.fromkeys(shape for shape in shapes if shape))


def _facts(pack: Pack, owner: str, keys: Iterable[str], locale: Locale) -> Iterator[str]:
    labels = pack.lexicon[locale].labels if locale in pack.lexicon else {}
    for key in keys:
        fact = pack.facts[f"{owner}.{key}"]
        if fact.kind not in ("link", "phone"):
            label = labels.get(key, [key.replace("_", " ")] if locale == "en" else [""])[0]
            yield f"{label} {written(fact, locale)}".strip()


def _joined(words: Iterable[str]) -> str:
    return " · ".join(words)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line.strip())
