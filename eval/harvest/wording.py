"""Sentences of kept texts, told apart by their own words: slots by kind, readers' address left open, no last stop."""

from __future__ import annotations

import hashlib
import re

from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.domain.slots import SLOT
from assistant.domain.values import Locale
from assistant.review.folding import cut
from assistant.writing.frame import own_words

YOU = "{you}"
_OWNER = re.compile(r":[A-Za-z0-9_-]+")
_STOPS = " 。."


def sentences_of(pack: Pack, template: str) -> list[str]:
    """The sentences of a framed template's own words, slots whole."""
    return cut(own_words(pack, template))


def plain(pack: Pack, cell: Cell, sentence: str) -> str:
    """A sentence of a cell's text as any text may have it: `{product:TD-24M.rate}` → `{product.rate}`."""
    words = SLOT.sub(lambda slot: f"{{{_OWNER.sub('', slot[1])}}}", sentence)
    address = pack.ages[cell.age].address[cell.locale] if cell.age in pack.ages else ""
    return _open(words, address, pack, cell.locale).strip(_STOPS)


def plain_clause(pack: Pack, locale: Locale, sentence: str) -> str:
    """The same of a clause's sentence, whoever is addressed."""
    for address in sorted({age.address[locale] for age in pack.ages.values()}):
        sentence = _open(sentence, address, pack, locale)
    return sentence.strip(_STOPS)


def print_of(locale: str, sentence: str) -> str:
    """Sixteen hexadecimal digits that sentences share that are the same but for punctuation and case."""
    told = re.sub(r"[^\w{}.]+", "", sentence).lower()
    return hashlib.sha256(f"{locale}\0{told}".encode()).hexdigest()[:16]


def owners(template: str) -> frozenset[str]:
    """Whose slots a template has: `product:TD-24M`."""
    return frozenset(slot.rpartition(".")[0] for slot in SLOT.findall(template))


def _open(words: str, address: str, pack: Pack, locale: Locale) -> str:
    """Readers are addressed by age in some languages only; where all are addressed alike, it is a word as any."""
    differs = len({age.address[locale] for age in pack.ages.values()}) > 1
    return words.replace(address, YOU) if address and differs else words
