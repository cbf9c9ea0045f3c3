"""Cells of a spreadsheet that hold text and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

# Full-width signs are formulas too where Excel folds widths, as it does in Chinese and Japanese.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")

_SHORT = 64
"""Characters of what is remembered: most cells of a table are one of a few words."""


def printable(value: str) -> str:
    """A text without what a file of XML or a cell cannot hold: control characters, halves of characters."""
    return _CONTROL.sub("", value)


def safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula and no writer chokes on: control characters are left out."""
    return _known(value) if len(value) <= _SHORT else _made(value)


def _made(value: str) -> str:
    plain = printable(value)
    return f"'{plain}" if _FORMULA.match(plain) else plain


_known = lru_cache(maxsize=4096)(_made)
