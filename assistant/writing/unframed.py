"""A kept text's own words again: its frame taken off, its slots named as a writer names them."""

from __future__ import annotations

import re

from assistant.domain.brief import Cell
from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.slots import resolve
from assistant.writing.frame import HERE, disclosures, joined, opt_out, own_words, place_of

_STOPS = re.compile(r"([。.])(?:\s*\1)+")
_AFTER_SLOT = re.compile(r"(?<=\})\s+[。.]+")
_BLANK = re.compile(r"\n{3,}")


def unframed(pack: Pack, cell: Cell, product: Product | None, template: str) -> str:
    """The words that a writer would have delivered; framed again, they are the template.

    HERE stands where its warnings stood, unless they stood at the end. A frame of older knowledge is taken off piece
    by piece.
    """
    channel, own = pack.channels[cell.channel], product.id if product else None
    words = template.removeprefix(pack.institution.signature[cell.locale]) if channel.signature else template
    words = words.removesuffix(opt_out(pack, place_of(pack, cell))).rstrip()
    warnings = resolve(joined(disclosures(pack, cell, product, template), cell.locale), own, cell.campaign)
    if warnings and warnings in words:
        before, _, after = words.partition(warnings)
        words = f"{before.rstrip(' ')}{HERE}{after.lstrip(' ')}" if after.strip() else before.rstrip()
    elif warnings:
        words = _AFTER_SLOT.sub("", _STOPS.sub(r"\1", own_words(pack, words)))
    if channel.signed:
        words = words.removesuffix(pack.institution.name[cell.locale]).rstrip()
    return unowned(_BLANK.sub("\n\n", words).strip(), own, cell.campaign)


def unowned(template: str, product: str | None, campaign: str) -> str:
    """Slots without the owners that a cell itself has: `{product:TD-24M.rate}` → `{product.rate}`."""
    if product:
        template = template.replace(f"{{product:{product}.", "{product.")
    return template.replace(f"{{campaign:{campaign}.", "{campaign.")
