"""The knowledge as people look at it: entries by section and words, and one with its text, facts, uses and history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.domain.facts import Fact
from assistant.domain.formats import written
from assistant.domain.pack import Guide, Pack
from assistant.domain.values import Locale
from assistant.errors import InputError, UnknownId
from assistant.packs.place import GUIDES, SECTION_NAMES, place_of
from assistant.packs.source import parse
from assistant.review.knowledge.used import uses_of

Citing = Callable[[str, int], tuple[Mapping[str, int], list[str]]]
"""How many texts cite the facts of a product or campaign, by state, and the first ids."""
MOST = 50
"""Ids that are told of what uses an entry."""
_SENTENCES = ("summary", "goal", "message", "description")
_OWNERS = {"products": "product", "campaigns": "campaign"}


@dataclass
class Browsing:
    """Shows the pack."""

    pack: Pack
    folder: Path
    citing: Citing

    def sections(self) -> dict[str, int]:
        """Every section, with how many entries it has."""
        return {name: len(self._table(name)) for name in SECTION_NAMES}

    def listed(self, section: str, words: str = "", after: str = "", limit: int = 50) -> list[dict[str, Any]]:
        """Entries of a section that hold all of some words, in the pack's order. Raises UnknownId."""
        self._table(section)
        wanted = words.casefold().split()
        rows = [row for row, held in self._rows[section] if all(word in held for word in wanted)]
        places = [row["id"] for row in rows]
        if after and after not in places:
            raise UnknownId(f"entry of {section}", after, places)
        start = places.index(after) + 1 if after else 0
        return rows[start : start + limit]

    def entry(self, section: str, own: str) -> dict[str, Any]:
        """One entry: its values, its text with file and line, its facts, and where it is used. Raises UnknownId."""
        table = self._table(section)
        if own not in table:
            raise UnknownId(f"entry of {section}", own, table)
        subject = own if section in _OWNERS else None
        states, ids = self.citing(subject, MOST) if subject else ({}, [])
        uses = uses_of(self.pack, section, own)
        return {
            "section": section,
            "id": own,
            "values": _values(table[own]),
            **self._text(section, own),
            "facts": [self._fact(fact) for fact in self._facts(section, own)],
            "used_by": {name: {"count": len(found), "ids": found[:MOST]} for name, found in uses.items()},
            "texts": {"count": sum(states.values()), "states": dict(states), "ids": ids},
        }

    def _text(self, section: str, own: str) -> dict[str, Any]:
        try:
            place = place_of(self.folder, section, own)
        except UnknownId:
            return {"text": None, "why": "The file holds it no more.", "file": None, "line": None, "digest": None}
        except InputError as error:
            return {"text": None, "why": str(error), "file": None, "line": None, "digest": None}
        told = {"text": place.text, "file": place.file, "line": place.line, "digest": place.digest}
        return told if section == GUIDES else {**told, "values": parse(place.text.encode(), place.file).content}

    def _facts(self, section: str, own: str) -> Iterator[Fact]:
        owner = f"{_OWNERS.get(section)}:{own}"
        return (fact for fact in self.pack.facts.values() if fact.owner == owner)

    def _fact(self, fact: Fact) -> dict[str, Any]:
        reads = {locale: written(fact, locale) for locale in self.pack.locales}
        return {"slot": fact.slot, "fact": fact.ref, "kind": fact.kind, "reads": reads}

    def _table(self, section: str) -> Mapping[str, BaseModel | Guide]:
        if section not in SECTION_NAMES:
            raise UnknownId("section of the knowledge", section, SECTION_NAMES)
        if section == GUIDES:
            return {guide.id: guide for guide in self.pack.guides}
        table: Mapping[str, BaseModel] = getattr(self.pack, section)
        return table

    @cached_property
    def _rows(self) -> dict[str, list[tuple[dict[str, Any], str]]]:
        """Each section's entries as rows, with all their words in lower case."""
        return {
            name: [_row(own, one, self._facts(name, own), self.pack) for own, one in self._table(name).items()]
            for name in SECTION_NAMES
        }


def _row(own: str, entry: BaseModel | Guide, facts: Iterable[Fact], pack: Pack) -> tuple[dict[str, Any], str]:
    values = _values(entry)
    reads = [written(fact, locale) for fact in facts for locale in pack.locales]
    held = json.dumps([own, values, reads], ensure_ascii=False, default=str).casefold()
    name = values.get("name") or values.get("title")
    more = {key: values[key] for key in ("kind", "type", "risk", "severity", "scenario", "locale") if values.get(key)}
    return {"id": own, "name": name, "says": _says(values, pack.locales), **more}, held


def _says(values: Mapping[str, Any], locales: Iterable[Locale]) -> dict[str, str]:
    """What an entry is about in a sentence of its own, by locale: a summary, a message, a warning's words."""
    found: Mapping[str, Any] = next((values[key] for key in _SENTENCES if isinstance(values.get(key), dict)), {})
    told = {str(locale): found[locale] for locale in locales if isinstance(found.get(locale), str)}
    laws = values.get("jurisdictions")
    if not told and isinstance(laws, dict):
        told = {locale: words for texts in laws.values() for locale, words in texts.items()}
    return told


def _values(entry: BaseModel | Guide) -> dict[str, Any]:
    if isinstance(entry, Guide):
        return {"id": entry.id, "locale": entry.locale, "title": entry.title, "text": entry.text}
    return entry.model_dump(mode="json", by_alias=True)
