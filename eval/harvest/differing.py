"""What an edit put in the place of what: sentence by sentence, and in a sentence the one run of words that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.text.fold import HAN

_TOKEN = re.compile(rf"\{{[^{{}}]*\}}|[{HAN}]|[A-Za-z0-9'’-]+|\s+|.")
_WIDE = re.compile(f"[{HAN}]")
_EDGES = ' ，。；：、！？,.;:!?“”"（）()'


def replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int | None]]:
    """Places of sentences in the two texts where one took the other's place; None where it was struck out."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from zip(range(a, b), range(c, d), strict=True)
        elif tag == "delete":
            yield from ((place, None) for place in range(a, b))


def phrase(old: str, new: str) -> tuple[str, str] | None:
    """The one run of words in which two sentences differ, without stops at its edges; None where there are more, or
    where words were only added."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    codes = [code for code in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if code[0] != "equal"]
    if len(codes) != 1 or codes[0][0] == "insert":
        return None
    _, a, b, c, d = codes[0]
    was, now = "".join(one[a:b]).strip(_EDGES), "".join(other[c:d]).strip(_EDGES)
    return (was, now) if was else None


def columns(text: str) -> int:
    """How wide a text is: two a Chinese character, one any other."""
    return len(text) + len(_WIDE.findall(text))
