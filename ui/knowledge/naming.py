"""What things of the knowledge are called on the page: sections, entries, facts, fields, people, moments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup

from assistant.domain.brief import Cell
from assistant.domain.facts import Fact
from assistant.domain.formats import written
from assistant.domain.knowledge import short_key
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from ui.languages import NAMES
from ui.parts.html import html, joined
from ui.words import Words

NAMED = {"offers": "products", "products": "products", "campaign": "campaigns", "campaigns": "campaigns",
         "disclosures": "disclosures", "segments": "segments", "ages": "ages", "channels": "channels"}  # fmt: skip
"""Fields that hold ids, and of which section."""


SLOT = re.compile(r"\{(product|campaign)\.(\w+)\}")


@dataclass(frozen=True)
class Naming:
    """Names in the page's language, from the pack and the page's own words. `people`: a login's name; `owner`: whose
    slots are filled, such as `product:TD-24M`."""

    words: Words
    pack: Pack
    people: Callable[[str], str]
    owner: str = ""

    @property
    def here(self) -> Locale:
        """The page's language."""
        return self.words.locale

    def field(self, key: str) -> str:
        """What a field is called; a law or another id is its own name."""
        return self.words.get(f"knowledge.field.{key}", key.replace("_", " "))

    def fact(self, key: str) -> str:
        """What a fact is called by its key: `early_rate`."""
        return self.words.get(f"knowledge.fact.{key}", key.replace("_", " "))

    def whole_fact(self, short: str) -> str:
        """A fact with whose it is: `TD-24M.rate`."""
        own, _, key = short.rpartition(".")
        section = "products" if own in self.pack.products else "campaigns"
        return f"{self.entry(section, own)} · {self.fact(key)}"

    def section(self, section: str) -> str:
        """What a section is called."""
        return self.words(f"knowledge.section.{section}")

    def entry(self, section: str, own: str) -> str:
        """What an entry is called; its id where it has no name."""
        if section == "guides":
            return self._titles.get(own, own)
        if section == "phrases":
            return own
        found = getattr(self.pack, section, {}).get(own)
        name = getattr(found, "name", None)
        return str(name[self.here]) if isinstance(name, Mapping) and self.here in name else own

    def value(self, key: str, value: str) -> str:
        """A word of a fixed list as a person says it: a type of product, a kind of campaign."""
        return self.words.get(f"knowledge.value.{key}.{value}", value)

    def row(self, row: Mapping[str, Any]) -> str:
        """The name of a row of the list."""
        name = row["name"]
        return str(name.get(self.here) or row["id"]) if isinstance(name, Mapping) else str(name or row["id"])

    def filled(self, text: str, locale: Locale) -> Markup:
        """A text with the owner's own slots filled as a customer reads them."""
        kind, parts, at = self.owner.partition(":")[0], [], 0
        for slot in SLOT.finditer(text):
            fact = self.pack.facts.get(f"{self.owner}.{slot[2]}") if slot[1] == kind else None
            if fact is not None:
                value = html('<span class="kn-slot">{value}</span>', value=written(fact, locale))
                parts += [html("{before}", before=text[at : slot.start()]), value]
                at = slot.end()
        return joined((*parts, html("{rest}", rest=text[at:])))

    def cell(self, cell: Cell) -> str:
        """For whom a text is: campaign, segment, age, channel, language."""
        sections = ("campaigns", "segments", "ages", "channels")
        named = zip(sections, (cell.campaign, cell.segment, cell.age, cell.channel), strict=True)
        return " · ".join((*(self.entry(section, own) for section, own in named), NAMES[cell.locale]))

    def moment(self, at: dt.datetime) -> Markup:
        """A moment by the institution's own clock."""
        told = at.astimezone(self._zone)
        return html('<time datetime="{iso}">{told}</time>', iso=at.isoformat(), told=f"{told:%Y-%m-%d %H:%M}")

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.pack.institution.timezone)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {guide.id: guide.title for guide in self.pack.guides}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact by its short key."""
        return {short_key(fact.ref): fact for fact in self.pack.facts.values()}


def link(naming: Naming, section: str, own: str) -> Markup:
    """An entry's name that leads to it; the page's script takes it without loading anew."""
    template = '<a class="kn-link" href="{to}" data-section="{section}" data-item="{own}">{name}</a>'
    return html(template, to=address(section, own), section=section, own=own, name=naming.entry(section, own))


def address(section: str, own: str) -> str:
    """The address of an entry; a `#` in an id is none of the address."""
    return f"/knowledge?{urlencode({'section': section, 'item': own})}"
