"""Cells with days and lengths of time."""

from __future__ import annotations

import datetime as dt
import re

from assistant.packs.sheets.figures import numeric
from assistant.packs.sheets.grid import Cell, Unfit
from assistant.packs.sheets.headings import Vocabulary, plain, tidy

_DAY = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号號]?)(?: 0?0:00(?::00)?)?$")
_ROC = re.compile(r"^(?:民國|民国)\s*(\d{2,3})(?:年(\d{1,2})月(\d{1,2})日?|[-/.](\d{1,2})[-/.](\d{1,2}))$")
_YEARLY = re.compile(r"^(\d{1,2})(?:[-/.](\d{1,2})|月(\d{1,2})[日号號]?)$")
_TERM = re.compile(r"^(\d+)\s*(\D+)$")
# Year 1 of the Republic's calendar, which Taiwanese sheets use, is 1912.
_ROC_OFFSET = 1911
_MEND = "write 2026-01-31, or format the cell as a date"


def day(cell: Cell) -> dt.date:
    """A date cell or a text that can only be read in one way."""
    if isinstance(cell.value, dt.datetime):
        raise Unfit(f"“{cell.value}” has a time of day", "write the day alone")
    if isinstance(cell.value, dt.date):
        return cell.value
    if not isinstance(cell.value, str):
        raise Unfit(f"“{cell.value}” is a number and no date", _MEND)
    text = tidy(cell.value)
    offset = 0
    match = _DAY.match(text)
    if not match and (match := _ROC.match(text)):
        offset = _ROC_OFFSET
    if not match:
        raise Unfit(f"“{text}” is no date, or could be read in two ways", _MEND)
    year, month, number = (int(part) for part in match.groups() if part)
    try:
        return dt.date(year + offset, month, number)
    except ValueError:
        raise Unfit(f"there is no day {text}", _MEND) from None


def yearly_day(cell: Cell) -> str:
    """A day of each year, `10-20`; Excel turns what is typed so into a date of this year, whose year is dropped."""
    if isinstance(cell.value, str) and (match := _YEARLY.match(tidy(cell.value))):
        month, number = int(match[1]), int(match[2] or match[3])
        try:
            return f"{dt.date(2028, month, number):%m-%d}"
        except ValueError:
            raise Unfit(f"there is no day “{cell.value}”", "write 10-20 for the 20th of October") from None
    return f"{day(cell):%m-%d}"


def term(cell: Cell, unit: str, words: Vocabulary) -> str:
    """A term as the pack writes it: `24 months`, `1 day`."""
    units = {plain(word): own for own, spelled in words.units.items() for word in spelled}
    if isinstance(cell.value, str) and (match := _TERM.match(tidy(cell.value))):
        number, name = int(match[1]), match[2]
    elif isinstance(cell.value, str) and not tidy(cell.value).isdecimal():
        raise Unfit(f"“{cell.value}” is no term", "write 24个月, 2年, 180天, or 24 months")
    else:
        bare = int(tidy(cell.value)) if isinstance(cell.value, str) else numeric(cell)
        number, name = int(bare), unit
        if number != bare:
            raise Unfit(f"“{cell.value}” is no whole number", "write 18个月 and not 1.5 years")
    if plain(name) not in units:
        what = f"“{cell.value}” has no unit that we know"
        raise Unfit(what, "write 24个月 or 24 months, or put the unit into the heading, as in 期限(月)")
    own = units[plain(name)]
    return f"{number} {own}" if number == 1 else f"{number} {own}s"
