"""Folding and cutting text for the index and for the query alike; never for display."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

NORMALISER = "nfkc-lower-tw2sp-han12-stem/1"
"""Changes whenever the same text gives other tokens; it is stored with an index."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
_HAS_HAN = re.compile(f"[{_HAN}]")
# 2.2 is one token, 10,000 is 10000, and td-24m is found whole as well as by its parts.
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[a-z0-9]+(?:[.,'_-][a-z0-9]+)*)")
_PART = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("tw2sp")


@lru_cache(maxsize=16_384)
def _simplified(line: str) -> str:
    return str(_converter().convert(line)) if _HAS_HAN.search(line) else line


def folded(text: str) -> str:
    """NFKC, lower case, Simplified with mainland words: 資訊 and 信息 fold to the same."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "\n".join(_simplified(line) for line in plain.split("\n"))


def tokens(text: str) -> list[str]:
    """Single Han characters and pairs, Latin words without their plural, numbers whole; in order, with repeats."""
    return cut(folded(text))


def cut(plain: str) -> list[str]:
    """The tokens of a text that is folded already."""
    out: list[str] = []
    for match in _PIECE.finditer(_COMMA.sub("", plain)):
        piece = match[0]
        if match["han"]:
            out.extend(piece)
            out.extend(piece[at : at + 2] for at in range(len(piece) - 1))
            continue
        parts = [_plain(part) for part in _PART.findall(piece.replace("'s", ""))]
        out.extend(parts)
        if len(parts) > 1:
            out.append(piece)
    return out


def _plain(part: str) -> str:
    # 2.20% in a question and 2.2% in an entry are one rate; 1.2.3 is no rate and stays.
    if part.count(".") == 1:
        return part.rstrip("0").rstrip(".")
    return stem(part)


def stem(word: str) -> str:
    """An English plural as its singular, by ending alone: policies → policy, deposits → deposit."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]
