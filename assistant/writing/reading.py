"""What of a text a checker has to read: its words without the frame that the program itself put around them.

The signature, the way out and the warnings are the pack's own sentences, approved there, put in by the program and
proved by the checks. They are left out where they stand as the program puts them: in the words for this law, language
and channel, as sentences of their own. Anything else, a warning inside another sentence too, is read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from assistant.writing.frame import opt_out, place_of

_BEFORE = r"(?:\A|(?<=[。！？!?.…\n】])|(?<=\.link\}))[^\S\n]*"
_AFTER = r"(?:[。.]|(?=[^\S\n]*(?:\n|\Z)))"
_OWNED = r"\\\{(product|campaign)\\\."


def to_read(pack: Pack, cell: Cell, template: str) -> str:
    """A framed template with a line's end in the place of each piece of its frame."""
    signature = pack.institution.signature[cell.locale]
    if pack.channels[cell.channel].signature and template.startswith(signature):
        template = template.removeprefix(signature)
    return _frame(pack, cell.market, cell.locale, cell.channel, cell.campaign).sub("\n", template)


def address_of(pack: Pack, cell: Cell) -> str:
    """How a text addresses its reader, by the age band; empty where all bands of the language say the same."""
    said = {band.address[cell.locale] for band in pack.ages.values()}
    return pack.ages[cell.age].address[cell.locale] if len(said) > 1 else ""


@lru_cache(maxsize=1024)
def _frame(pack: Pack, market: str, locale: Locale, channel: str, campaign: str) -> re.Pattern[str]:
    """The warnings and the way out of a place, each as a whole sentence."""
    cell = Cell.model_construct(campaign=campaign, segment="", age="", channel=channel, locale=locale, market=market)
    place = place_of(pack, cell)
    law = pack.jurisdiction(market)
    wordings = [one.wording(law, place.locale, place.channel.disclosure_form) for one in pack.disclosures.values()]
    pieces = {words.rstrip("。.") for words in (*wordings, opt_out(pack, place)) if words}
    known = "|".join(_pattern(one) for one in sorted(pieces, key=len, reverse=True))
    return re.compile(f"{_BEFORE}(?:{known}){_AFTER}" if known else r"(?!)")


def _pattern(piece: str) -> str:
    """A wording with whatever owner its slots were given."""
    return re.sub(_OWNED, r"\\{\1(?::[A-Za-z0-9_-]+)?\\.", re.escape(piece))
