"""What the desk itself puts around a writer's words: signature, disclosures, the way out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.audience import Channel
from assistant.domain.brief import Cell
from assistant.domain.catalogue import Product
from assistant.domain.disclosing import cue_words, owed
from assistant.domain.pack import Pack
from assistant.domain.slots import keys_of, resolve
from assistant.domain.values import Locale

_ENDS = tuple("。！？.!?…：:，,）)\n")
HERE = "\x00"
"""Where a writer wants the disclosures; without it they stand at the end."""


def joined(pieces: list[str], locale: str) -> str:
    """Pieces of one paragraph as running text: each closed by a stop, spaced as the language spaces."""
    out = ""
    for piece in pieces:
        piece = piece.strip(" ")
        if not piece:
            continue
        if out and not out.endswith("\n"):
            out = close(out, locale)
            out += " " if locale == "en" or out.endswith("}") else ""
        out += piece
    return out


def close(text: str, locale: str) -> str:
    """The text with a full stop, unless a stop, a link or a line's end is there already."""
    if not text or text.endswith(_ENDS) or text.endswith(HERE) or re.search(r"\{[a-z_:A-Z0-9-]+\.link\}$", text):
        return text
    return text + ("." if locale == "en" else "。")


def stated_in(pack: Pack, template: str) -> frozenset[str]:
    """What a template states that a disclosure may hang on: the keys of its slots, and cue words (抽奖, draw)."""
    said = template.lower()
    return frozenset({key for _, key in keys_of(template)} | {word for word in cue_words(pack) if word in said})


def disclosures(
    pack: Pack, cell: Cell, product: Product | None, template: str, stated: frozenset[str] = frozenset()
) -> list[str]:
    """The warnings that this text needs, worded for its law, locale and channel, each once.

    `stated`: keys of facts that the text states in other ways than by slots.
    """
    campaign, channel = pack.campaigns[cell.campaign], pack.channels[cell.channel]
    law = pack.jurisdiction(cell.market)
    found: dict[str, None] = {}
    for disclosure in owed(pack, [product] if product else [], campaign, stated | stated_in(pack, template)):
        words = disclosure.wording(law, cell.locale, channel.disclosure_form)
        if words:
            found[close(words, cell.locale)] = None
    return list(found)


def framed(pack: Pack, cell: Cell, product: Product | None, template: str, stated: frozenset[str] = frozenset()) -> str:
    """The whole template: slots' owners named, `{you}` said as the age band is addressed, frame around it."""
    words = template.replace("{you}", pack.ages[cell.age].address[cell.locale])
    warnings = joined(disclosures(pack, cell, product, words, stated), cell.locale)
    return resolve(enclosed(pack, cell, words, warnings), product.id if product else None, cell.campaign)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text goes, and as what."""

    channel: Channel
    locale: Locale
    market: str
    purpose: str


def place_of(pack: Pack, cell: Cell) -> Place:
    """Where the texts of a cell go."""
    return Place(pack.channels[cell.channel], cell.locale, cell.market, pack.campaigns[cell.campaign].kind)


def enclosed(pack: Pack, cell: Cell, words: str, warnings: str) -> str:
    """Words with their warnings, the way out and the signature, as the channel of a cell has them."""
    return enclosed_in(pack, place_of(pack, cell), words, warnings)


def enclosed_in(pack: Pack, place: Place, words: str, warnings: str) -> str:
    """The same for a text of any make."""
    channel, locale = place.channel, place.locale
    if channel.signed:
        words = f"{joined([words], locale)}\n{pack.institution.name[locale]}"
    body = _placed(words, warnings, channel, locale)
    ending = opt_out(pack, place)
    if ending:
        body = joined([body, ending], locale)
    return pack.institution.signature[locale] + body if channel.signature else body


def _placed(words: str, warnings: str, channel: Channel, locale: str) -> str:
    if HERE in words:
        before, _, after = words.partition(HERE)
        return joined([before, warnings, after], locale) if "\n" not in before[-1:] else before + warnings + after
    if not warnings:
        return words
    if "\n\n" in words:
        return f"{words}\n\n{warnings}"
    return joined([words, warnings], locale)


def opt_out(pack: Pack, place: Place) -> str:
    """The way out that a text ends in; empty where it needs none."""
    if not place.channel.opt_out or place.purpose == "care":
        return ""
    return pack.institution.opt_out.get(place.market, {}).get(place.locale, "")


@lru_cache(maxsize=8)
def _frame_of(pack: Pack) -> re.Pattern[str]:
    pieces = set(pack.institution.signature.values())
    pieces.update(words for texts in pack.institution.opt_out.values() for words in texts.values())
    for disclosure in pack.disclosures.values():
        for table in (disclosure.jurisdictions, disclosure.short, disclosure.spoken):
            pieces.update(words.rstrip("。.") for texts in table.values() for words in texts.values())
    # Slots are named with their owners by now: a wording matches whatever owner was put in.
    longest = sorted(pieces, key=len, reverse=True)
    return re.compile(
        "|".join(re.sub(r"\\\{product\\\.", r"\\{product(?::[A-Za-z0-9-]+)?\\.", re.escape(p)) for p in longest)
    )


def own_words(pack: Pack, template: str) -> str:
    """A framed template without its frame (signature, opt-out, disclosures): for comparing variants."""
    return _frame_of(pack).sub("", template)
