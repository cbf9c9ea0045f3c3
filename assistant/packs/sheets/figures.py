"""Cells with figures: rates, money, counts. A figure that can be read in two ways is not read."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.packs.sheets.grid import Cell, Unfit
from assistant.packs.sheets.headings import Vocabulary, plain, tidy

_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$")
_PARTS = re.compile(r"^([^\d]*?)\s*([\d][\d.,]*)\s*([^\d]*)$")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]')
_MOST_DECIMALS = 6


def rate(cell: Cell, unit: str, words: Vocabulary) -> str:
    """A rate as the pack writes it: `2.20%`."""
    percent = {plain(word) for word in words.percent}
    if isinstance(cell.value, str):
        text = tidy(cell.value)
        end = next((word for word in words.percent if text.casefold().endswith(tidy(word).casefold())), None)
        number = text[: -len(tidy(end))] if end else text
        if not end and not _says(unit, percent):
            raise _bare_rate(text)
        return _percent(exact(number.strip(), cell.value))
    value = numeric(cell)
    literal, codes = _format(cell.format)
    if "%" in codes:
        return _percent(value * 100)
    if "%" in literal or _says(unit, percent):
        return _percent(value)
    raise _bare_rate(str(cell.value))


def money(cell: Cell, unit: str, words: Vocabulary, currency: str) -> int | float:
    """An amount in the pack's currency: `1,000.50`, `1万`, `¥5,000`."""
    value = _scaled(cell, unit, words, currency)
    return int(value) if value == value.to_integral_value() else float(value)


def count(cell: Cell, unit: str, words: Vocabulary) -> int:
    """A whole number: `5,000`, `1万`."""
    value = _scaled(cell, unit, words, None)
    if value != value.to_integral_value():
        raise Unfit(f"“{cell.value}” is not a whole number", "write a whole number such as 5000")
    return int(value)


def numeric(cell: Cell) -> Decimal:
    """The number of a cell that Excel stores as one, to the fifteen digits that Excel itself keeps."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        raise Unfit(f"“{cell.value}” is no number", "write a number, and format the cell as one")
    value = Decimal(f"{cell.value:.15g}")
    if not value.is_finite() or value < 0:
        raise Unfit(f"“{cell.value}” is below zero or no number", "write a number from zero on")
    return value


def exact(number: str, given: object) -> Decimal:
    """`1,000.5` → Decimal; a comma anywhere but before three digits is an error and not a guess."""
    match = _NUMBER.match(number)
    if not match:
        raise Unfit(f"“{given}” is no plain figure", "write one figure such as 2.20% or 10,000")
    return Decimal(match[1].replace(",", "") + (match[2] or ""))


def _scaled(cell: Cell, unit: str, words: Vocabulary, currency: str | None) -> Decimal:
    scales = {plain(word): Decimal(scale) for scale, spelled in words.scales.items() for word in spelled}
    if unit and plain(unit) not in scales and not _own(unit, words, currency):
        raise Unfit(f"the unit “{unit}” of the heading is not known", "write (元) or (万元), or leave the unit out")
    outer = scales.get(plain(unit), Decimal(1)) if unit else Decimal(1)
    if not isinstance(cell.value, str):
        literal, codes = _format(cell.format)
        # A format may show 5 as 5万, or 50000 as 5: what the marketer sees is then not what the file holds.
        shown = re.sub(r"[\s_\-()元]", "", literal)
        scaled = re.search(r"[0#?],+(?:[^0#?,]|$)", codes) or any(scales.get(plain(one), 1) != 1 for one in shown)
        if scaled or "%" in codes:
            raise Unfit(f"the format “{cell.format}” shows another figure than the cell holds", "format it as a number")
        _check_currency("".join(re.findall(r"\[\$([^\]-]*)", cell.format)) + shown, words, currency)
        return numeric(cell) * outer
    match = _PARTS.match(tidy(cell.value))
    if not match:
        raise Unfit(f"“{cell.value}” is no figure", "write a number such as 10000")
    before, number, after = match[1], match[2], match[3]
    if before:
        _check_currency(before, words, currency, named=True)
    if not after:
        return exact(number, cell.value) * outer
    for word, scale in sorted(scales.items(), key=lambda pair: -len(pair[0])):
        if plain(after) == word:
            return exact(number, cell.value) * scale
        if plain(after).startswith(word) and scale != 1:
            _check_currency(plain(after)[len(word) :], words, currency, named=True)
            return exact(number, cell.value) * scale
    _check_currency(after, words, currency, named=True)
    return exact(number, cell.value)


def _check_currency(symbol: str, words: Vocabulary, currency: str | None, named: bool = False) -> None:
    if not symbol or (currency and _own(symbol, words, currency)):
        return
    other = next((c for c, spelled in words.currencies.items() if plain(symbol) in map(plain, spelled)), None)
    if other and currency:
        raise Unfit(f"the amount is in {other} and the pack's currency is {currency}", f"write it in {currency}")
    if named:
        raise Unfit(f"“{symbol}” beside the figure is not known", "write the figure alone, or with 万")


def _own(symbol: str, words: Vocabulary, currency: str | None) -> bool:
    return currency is not None and plain(symbol) in map(plain, [currency, *words.currencies.get(currency, [])])


def _format(code: str) -> tuple[str, str]:
    """The words that a number format prints as they are, and the rest of its first section."""
    literal = "".join(a or b for a, b in _LITERAL.findall(code))
    return tidy(literal), _LITERAL.sub("", code).split(";")[0]


def _says(unit: str, percent: set[str]) -> bool:
    return bool(unit) and plain(unit) in percent


def _bare_rate(text: str) -> Unfit:
    mend = f"write {text}%, format the cell as a percentage, or put (%) into the heading"
    return Unfit(f"“{text}” does not say whether it is a percentage", mend)


def _percent(points: Decimal) -> str:
    points = points.normalize()
    decimals = -int(points.as_tuple().exponent)
    if decimals > _MOST_DECIMALS:
        raise Unfit(f"the rate {points}% has more than {_MOST_DECIMALS} decimals", "round it")
    if points > 1000:
        raise Unfit(f"a rate of {points}% cannot be meant", "write 2.20%, or 0.022 in a cell formatted as a percentage")
    return f"{points:.{max(decimals, 2)}f}%"
