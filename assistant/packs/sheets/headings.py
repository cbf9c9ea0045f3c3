"""`headings.yaml`: what columns are called, and the words that cells are written in."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.domain.base import Entry, Listed, Texts
from assistant.domain.values import Locale, Unit
from assistant.errors import PackError
from assistant.packs.entries import build
from assistant.packs.source import Unreadable, read

Section = Literal["products", "campaigns", "results"]
Reads = Literal[
    "id", "word", "words", "text", "texts", "flag", "number", "day",
    "rate", "benchmark", "money", "term", "count", "reward", "link", "phone", "date",
]  # fmt: skip
PER_LOCALE = ("text", "texts", "reward")
FACTS = ("rate", "benchmark", "money", "term", "count", "reward", "link", "phone", "date")
_BRACKETS = re.compile(r"^(.*?)[(\[【]([^()\[\]【】]*)[)\]】]$")
_NOISE = re.compile(r"[\s_·:*.,;'\"/-]+")


class Column(Entry):
    """What one key of the pack is called in a spreadsheet and how its cells are read."""

    reads: Reads
    of: str | None = None
    words: Texts
    values: dict[str, list[str]] = Field(default_factory=dict)


class Vocabulary(Entry):
    """Words of cells, by what they mean; each table is value → its spellings."""

    locales: Texts
    percent: list[str]
    scales: dict[str, list[str]]
    units: dict[Unit, list[str]]
    currencies: dict[str, list[str]]
    yes: list[str]
    no: list[str]
    none: list[str]

    @cached_property
    def dashes(self) -> frozenset[str]:
        """The folded spellings of “nothing”."""
        return frozenset(map(plain, self.none))


@dataclass(frozen=True, slots=True)
class Match:
    """A heading that is known: the key, its language (for texts) and the unit in its brackets."""

    key: str
    column: Column
    locale: Locale | None = None
    unit: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value stands in an entry."""
        base = tuple(self.key.split("."))
        if self.column.reads == "reward":
            base = (*base, "reward")
        return (*base, self.locale) if self.locale else base


class CopyColumns(Entry):
    """What the columns of a table of copy are called: the texts, and what is a customer's own."""

    text: Listed = ("text",)
    customer: Listed = ()


class Headings(Entry):
    """The whole file."""

    columns: dict[Section, dict[str, Column]]
    vocabulary: Vocabulary
    copies: CopyColumns = CopyColumns()

    @cached_property
    def _index(self) -> dict[Section, dict[str, tuple[str, tuple[Locale, ...]]]]:
        """Folded heading → its key and the languages that call it so, by section."""
        out: dict[Section, dict[str, tuple[str, tuple[Locale, ...]]]] = {}
        for section, columns in self.columns.items():
            table = out.setdefault(section, {})
            for key, column in columns.items():
                table[plain(key)] = (key, ())
                for locale, words in column.words.items():
                    if column.reads in PER_LOCALE:
                        table[plain(f"{key}.{locale}")] = (key, (locale,))
                    for word in words:
                        table[plain(word)] = (key, (*table.get(plain(word), ("", ()))[1], locale))
        return out

    def match(self, section: Section, heading: str) -> Match | None:
        """The key that a heading names, None where none does."""
        base, locale, unit = heading, None, ""
        table = self._index.get(section, {})
        if plain(base) not in table and (brackets := _BRACKETS.match(tidy(heading))):
            base, inside = brackets[1], brackets[2]
            locale = self.locale_of(inside)
            unit = "" if locale else inside
        elif plain(base) not in table and tidy(heading).endswith("%"):
            base, unit = tidy(heading).rstrip("%"), "%"
        if plain(base) not in table:
            return None
        key, spoken = table[plain(base)]
        column = self.columns[section][key]
        if column.reads not in PER_LOCALE:
            return None if locale else Match(key, column, None, unit)
        return Match(key, column, locale or (spoken[0] if len(spoken) == 1 else None), unit)

    def locale_of(self, word: str) -> Locale | None:
        """The locale that a word names: 英文 → en."""
        return next((own for own, words in self.vocabulary.locales.items() if plain(word) in map(plain, words)), None)

    def known(self, section: Section, row: list[str]) -> int:
        """How many headings of a row the section knows."""
        return sum(self.match(section, one) is not None for one in row if one.strip())

    def nearest(self, section: Section, heading: str) -> str | None:
        """The known heading that a slip most likely meant."""
        words = {plain(w): w for c in self.columns.get(section, {}).values() for ws in c.words.values() for w in ws}
        close = difflib.get_close_matches(plain(heading), list(words), n=1, cutoff=0.5)
        return words[close[0]] if close else None

    def label(self, section: Section, key: str, locale: Locale) -> str:
        """What a key is called in a language; the key itself where the file does not say."""
        column = self.columns.get(section, {}).get(key)
        words = column.words.get(locale) if column else None
        return words[0] if words else key


def tidy(word: str) -> str:
    """One width, no blanks at the ends."""
    return unicodedata.normalize("NFKC", word).strip()


@lru_cache(maxsize=8192)  # the words of the vocabulary are asked for again at every cell
def plain(word: str) -> str:
    """What two spellings of one heading or word have in common."""
    return _NOISE.sub("", tidy(word).casefold()) or tidy(word)


def load_headings(path: Path) -> Headings:
    """The headings of a file such as `knowledge/bank/headings.yaml`. Raises PackError."""
    try:
        source = read(path, path.name)
    except Unreadable as error:
        raise PackError([error.problem]) from None
    headings = build(Headings, source.content, source, ())
    if source.problems or headings is None:
        raise PackError(source.problems)
    return headings
