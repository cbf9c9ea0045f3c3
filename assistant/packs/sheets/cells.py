"""One cell → the value that stands in the pack's YAML, by what its column reads."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.pack import Pack
from assistant.packs.sheets import days, figures
from assistant.packs.sheets.grid import Cell, Unfit
from assistant.packs.sheets.headings import FACTS, Column, Headings, Match, plain, tidy

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LINES = re.compile(r"\s*[\r\n\x85\u2028\u2029]+\s*")
# \uff1b \uff0c \u3001 are the wide semicolon, comma and the comma of lists.
_ITEMS = re.compile(r"[;\uff1b|\n]+")
_WORDS = re.compile(r"[;\uff1b,\uff0c\u3001|\n]+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_WIDE = re.compile(r"[\u2e80-\uffef]")
NOTHING = object()
"""The cell says that there is no such value, as “-” does."""


@dataclass(frozen=True)
class Reader:
    """Reads cells for one pack: its currency, its ids, its names."""

    pack: Pack
    headings: Headings
    tables: dict[int, dict[str, str]] = field(default_factory=dict)

    def value(self, match: Match, cell: Cell, yearly: bool = False) -> Any:
        """The YAML value, NOTHING for a dash. Raises Unfit."""
        if cell.fault:
            raise Unfit(*cell.fault)
        words, reads = self.headings.vocabulary, match.column.reads
        if reads != "flag" and isinstance(cell.value, str) and plain(cell.value) in words.dashes:
            return NOTHING
        if reads == "day":
            return days.yearly_day(cell) if yearly else days.day(cell)
        readers: dict[str, Callable[[], Any]] = {
            "id": lambda: identifier(cell),
            "word": lambda: self._one(text(cell), match.column),
            "words": lambda: self._many(cell, match.column),
            "text": lambda: text(cell),
            "texts": lambda: items(cell),
            "flag": lambda: self._flag(cell),
            "number": lambda: figures.count(cell, match.unit, words),
            "count": lambda: figures.count(cell, match.unit, words),
            "rate": lambda: figures.rate(cell, match.unit, words),
            "benchmark": lambda: figures.rate(cell, match.unit, words),
            "money": lambda: figures.money(cell, match.unit, words, self.pack.institution.currency),
            "term": lambda: days.term(cell, match.unit, words),
            "date": lambda: days.day(cell),
            "reward": lambda: text(cell),
            "link": lambda: text(cell),
            "phone": lambda: text(cell),
        }
        value = readers[reads]()
        return {reads: value} if reads in FACTS and reads != "reward" else value

    def _one(self, given: str, column: Column) -> str:
        table = self._spelled(column)
        if not table:
            return given
        if (own := table.get(plain(given))) is not None:
            return own
        close = difflib.get_close_matches(plain(given), list(table), n=1, cutoff=0.5)
        offered = sorted(set(table.values()))[:8]
        mend = f"write “{table[close[0]]}”" if close else f"write one of {', '.join(offered)}"
        raise Unfit(f"there is no “{given}” in this column's list", mend)

    def _many(self, cell: Cell, column: Column) -> list[str]:
        return [self._one(one, column) for one in _split(cell, _WORDS)]

    def _spelled(self, column: Column) -> dict[str, str]:
        """Folded word → the id or value that it means; kept, for it is asked for at every cell."""
        if id(column) not in self.tables:
            table = {plain(word): own for own, words in column.values.items() for word in [own, *words]}
            # The pack's own ids come last, so that they win over a word that is spelled like one.
            table |= {plain(word): own for own, words in self._table(column).items() for word in [*words, own]}
            self.tables[id(column)] = table
        return self.tables[id(column)]

    def _table(self, column: Column) -> dict[str, list[str]]:
        """The ids of the pack that a column's words come from, with the names that stand for them."""
        if column.of is None:
            return {}
        if column.of in ("product_types", "topics", "acts"):
            return {own: [] for own in getattr(self.pack.institution, column.of)}
        if column.of == "markets":
            return {own: [] for own in self.pack.institution.markets}
        entries: dict[str, Any] = dict(getattr(self.pack, column.of))
        return {own: list(getattr(entry, "name", {}).values()) for own, entry in entries.items()}

    def _flag(self, cell: Cell) -> bool:
        if isinstance(cell.value, bool):
            return cell.value
        given = plain(str(cell.value))
        words = self.headings.vocabulary
        for answer, spelled in ((True, words.yes), (False, words.no)):
            if given in map(plain, spelled):
                return answer
        raise Unfit(f"“{cell.value}” is neither yes nor no", "write 是 or 否, yes or no")


def identifier(cell: Cell) -> str:
    """An id; a whole number that Excel stored as one is its digits."""
    given = cell.value
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    name = tidy(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if not _ID.fullmatch(name):
        raise Unfit(f"“{cell.value}” is no id", "write letters, digits, - and _, at most forty, as in TD-24M")
    return name


def text(cell: Cell) -> str:
    """Words on one line."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, str | int):
        raise Unfit(f"“{cell.value}” is no text", "format the cell as text and write it again")
    given = str(cell.value).replace("_x000D_", "").strip()
    if _CONTROL.search(given):
        raise Unfit("the text holds control characters", "type it again")
    return _LINES.sub(_join, given)


def items(cell: Cell) -> list[str]:
    """Several texts in one cell, parted by line breaks, `;` or `|`."""
    return _split(cell, _ITEMS)


def _split(cell: Cell, marks: re.Pattern[str]) -> list[str]:
    parts: Iterable[str] = marks.split(str(cell.value).replace("\r", "\n"))
    return [text(Cell(cell.row, cell.column, part)) for part in parts if part.strip()]


def _join(gap: re.Match[str]) -> str:
    before = gap.string[gap.start() - 1 : gap.start()]
    after = gap.string[gap.end() : gap.end() + 1]
    # Chinese has no blanks between words, so a line break inside a cell leaves none.
    return "" if _WIDE.match(before) and _WIDE.match(after) else " "
