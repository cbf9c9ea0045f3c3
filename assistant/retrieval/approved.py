"""Approved texts as entries of an index of their own, which can be lost and built again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.item import Item
from assistant.domain.pack import Pack
from assistant.retrieval.entry import Entry
from assistant.retrieval.scope import without_empty
from assistant.retrieval.stock import Stock


@dataclass(frozen=True, slots=True)
class Approved:
    """A text that was approved: its words without the frame, what it offers, its angle."""

    item: Item
    words: str
    product: str | None
    angle: str


def stock_of(pack: Pack, texts: Sequence[Approved]) -> Stock:
    """The index of these texts; it changes when one of them, its words or its state does."""
    plain = "\n".join(sorted(f"{one.item.id} {one.item.content} {one.item.state}" for one in texts))
    version = hashlib.sha256(f"{pack.version}\n{plain}".encode()).hexdigest()[:12]
    return Stock(f"{pack.id}.approved", version, lambda: [_entry(pack, one) for one in texts])


def _entry(pack: Pack, one: Approved) -> Entry:
    cell, owner = one.item.cell, f"asset:{one.item.id}"
    campaign = pack.campaigns.get(cell.campaign)
    title = campaign.name[cell.locale] if campaign else cell.campaign
    product = pack.products.get(one.product or "")
    metadata = {
        "kind": "asset",
        "owner": owner,
        "locale": cell.locale,
        "title": title,
        "campaigns": [cell.campaign],
        "segments": [cell.segment],
        "markets": [cell.market],
        "products": [product.id] if product else [],
        "product_types": [product.type] if product else [],
    }
    named = f"{one.words}\n{product.name[cell.locale]}" if product else one.words
    return Entry(f"{owner}@{cell.locale}", "asset", owner, cell.locale, title, named, without_empty(metadata))
