"""An approved text as a template: for another cell, another campaign, and as an example for the model."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.domain.brief import Brief, Cell, brief_for
from assistant.domain.catalogue import Product
from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.domain.slots import resolve, slots_of
from assistant.domain.values import Locale
from assistant.errors import Refused
from assistant.review.library.kept import STATES, Found, Library
from assistant.writing.drafts import Draft, Job
from assistant.writing.frame import own_words
from assistant.writing.gate import Gate
from assistant.writing.offers import offer_for

# What stays where a warning or the way out was taken off: its stop, alone in a line or behind another, and blanks.
_LEFT_OVER = re.compile(r"^[ \t]*[。.]?[ \t]*$|(?<=[。.!?！？])[ \t]*[。.](?![.\d])|(?<=\})[ \t]+[。.]|[ \t]+$", re.M)
_GAPS = re.compile(r"\n{3,}")
_MOST = 50
"""Approved texts that are looked at for an example."""


class Drafts(Protocol):
    """What keeps drafts."""

    def begin(self, run: str, brief: Brief, pack_version: str, writer: str, maker: str | None = None) -> None: ...
    def put(self, run: str, written: Written) -> None: ...
    def end(self, run: str) -> None: ...


@dataclass(frozen=True)
class Reuse:
    """Makes drafts of approved texts. `keep` notes the knowledge that they rest on."""

    pack: Pack
    gate: Gate
    library: Library
    drafts: Drafts
    keep: Callable[[], None]

    def draft(self, own: str, cell: Cell, send_on: dt.date, maker: str | None = None) -> tuple[str, Written]:
        """The text of an item for another cell, as a run with one draft, which somebody must submit.

        Raises UnknownId, and Refused where nobody approved it, where a recall holds it, where the cell may not be
        written to, or where the new offer has no such fact.
        """
        (found,) = self.library.texts_of([own])
        if found.item.state not in STATES:
            raise Refused("state", f"The text {own} is {found.item.state}.", f"Choose one that is {', '.join(STATES)}.")
        if found.recalled:
            raise Refused("recalled", f"A recall holds the text {own}.", "Have it written again first.")
        brief = _brief(self.pack, cell, send_on, own)
        offer = offer_for(self.pack, cell, send_on)
        if offer.refusal:
            raise Refused(offer.refusal.rule, f"{cell.key}: {offer.refusal.why}.", "Choose another audience.")
        words = loosened(self.pack, found, cell.locale)
        self._fits(words, offer.product, cell)
        job = Job(cell, offer.product, (), 1, "", send_on)
        writer = f"asset:{own}"
        run = hashlib.sha256(f"{writer}|{cell.key}|{send_on}|{self.pack.version}".encode()).hexdigest()[:16]
        variant = self.gate.pass_through(job, Draft(words, found.angle), writer, run, 0)
        product = offer.product.id if offer.product else None
        written = Written(cell=cell, status="written", why="", variants=[variant], offer=product)
        self.keep()
        self.drafts.begin(run, brief, self.pack.version, writer, maker)
        self.drafts.put(run, written)
        self.drafts.end(run)
        return run, written

    def _fits(self, words: str, product: Product | None, cell: Cell) -> None:
        if product is None and any(slot.startswith("product.") for slot in slots_of(words)):
            raise Refused("offer", f"{cell.key} offers no product, and the text speaks of one.", "Choose another.")
        named = resolve(words, product.id if product else None, cell.campaign)
        missing = [slot for slot in slots_of(named) if slot not in self.pack.facts and not slot.startswith("customer.")]
        if missing:
            what = f"The text states {{{missing[0]}}}, which the catalogue does not have."
            raise Refused("slot", what, "Choose another text, or write this one anew.")


def _brief(pack: Pack, cell: Cell, send_on: dt.date, own: str) -> Brief:
    """The brief of one cell. Raises UnknownId for an id that the pack lacks."""
    return brief_for(
        pack,
        campaign=cell.campaign,
        segments=(cell.segment,),
        ages=(cell.age,),
        channels=(cell.channel,),
        locales=(cell.locale,),
        market=cell.market,
        variants=1,
        note=f"reuses {own}",
        send_on=send_on,
    )


def loosened(pack: Pack, found: Found, locale: Locale) -> str:
    """A template's own words: the frame taken off, its product and campaign named by no id."""
    words = own_words(pack, found.template)
    channel = pack.channels.get(found.item.cell.channel)
    if channel and channel.signed:
        words = words.rstrip().removesuffix(pack.institution.name[found.item.cell.locale])
    words = re.sub(r"\{(product|campaign):[A-Za-z0-9_-]+\.", lambda match: f"{{{match[1]}.", words)
    return _GAPS.sub("\n\n", _LEFT_OVER.sub("", words)).strip()


@dataclass(frozen=True)
class Shown:
    """Approved texts as examples for the model: of campaigns like the one in hand, those that did best first."""

    pack: Pack
    library: Library

    def __call__(self, campaigns: Sequence[str], channel: str, locale: Locale) -> Iterator[str]:
        """Templates without frame and figures, of the campaigns named, at most one of each, in their order."""
        known = self.library.campaigns(campaigns, channel=channel, locale=locale)
        for campaign in (one for one in campaigns if one in known):
            found = self.library.texts(_MOST, campaign=campaign, channel=channel, locale=locale)
            sound = [one for one in found if not one.recalled and one.item.state != "expired"]
            if sound:
                yield loosened(self.pack, min(sound, key=_worth), locale)


def _worth(found: Found) -> tuple[float, str]:
    """The surest rate first: the low end of its interval; a text without results stands behind all that have some."""
    how: Mapping[str, Any] = found.how or {}
    return -(how.get("low") or 0.0), found.item.id
