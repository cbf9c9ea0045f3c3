"""What a writer is given to read: the campaign, the product and the guides that fit them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from weakref import WeakKeyDictionary

from assistant.domain.values import Locale
from assistant.retrieval.entry import Entry
from assistant.retrieval.filters import Filter
from assistant.retrieval.search import Search

_Key = tuple[str, str | None, Locale, str, dt.date, int]
_Question = tuple[str, tuple[str, ...], Locale, str, dt.date, int]
_kept: WeakKeyDictionary[Search, dict[_Key, tuple[Entry, ...]]] = WeakKeyDictionary()
_guided: WeakKeyDictionary[Search, dict[_Question, tuple[Entry, ...]]] = WeakKeyDictionary()


def evidence_for(
    search: Search, campaign: str, product: str | None, locale: Locale, market: str, on: dt.date, k: int = 6
) -> tuple[Entry, ...]:
    """At most k entries: the campaign's, the product's, then guides, best first.

    `campaign` and `product` are ids. What does not hold in the market on the day is left out, and so is a
    guide about another product. The answer to the same question is kept.
    """
    key = (campaign, product, locale, market, on, k)
    kept = _kept.setdefault(search, {})
    if key not in kept:
        kept[key] = _gathered(search, *key)
    return kept[key]


def guides_for(
    search: Search, question: str, products: Collection[str], locale: Locale, market: str, on: dt.date, k: int = 4
) -> tuple[Entry, ...]:
    """At most k guides that answer a question, best first; none about a product that is not among `products`."""
    key = (question, tuple(products), locale, market, on, k)
    kept = _guided.setdefault(search, {})
    if key not in kept:
        found = search.search(question, Filter(locale=locale, market=market, on=on, kinds=("guide",)), k=4 * k)
        fitting = [hit.entry for hit in found if _about(hit.entry, products)]
        kept[key] = tuple(fitting[:k])
    return kept[key]


def _gathered(
    search: Search, campaign: str, product: str | None, locale: Locale, market: str, on: dt.date, k: int
) -> tuple[Entry, ...]:
    here = Filter(locale=locale, market=market, on=on)
    owners = [f"campaign:{campaign}", *([f"product:{product}"] if product else [])]
    named = [entry for owner in owners if (entry := search.entry(owner, locale))]
    held = [entry for entry in named if not here.refusal(entry)]
    guides = Filter(locale=locale, market=market, on=on, kinds=("guide",))
    question = " ".join(f"{entry.title} {_opening(entry)}" for entry in named)
    found = [hit.entry for hit in search.search(question, guides, k=4 * k)]
    return (*held, *(guide for guide in found if _fits(guide, product)))[:k]


def _opening(entry: Entry) -> str:
    """The second and third lines: a campaign's goal and offers, a product's type and summary."""
    return " ".join(entry.text.split("\n")[1:3])


def _fits(guide: Entry, product: str | None) -> bool:
    return _about(guide, [product] if product else [])


def _about(guide: Entry, products: Collection[str]) -> bool:
    about = guide.metadata.get("products")
    return not isinstance(about, list) or bool(set(about) & set(products))
