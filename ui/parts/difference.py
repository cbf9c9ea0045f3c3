"""What changed between two texts: words of Latin and other letters, single characters of Han."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from markupsafe import Markup

from ui.parts.html import NONE, html, joined

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_HAN}]"
# A figure is one piece, its point and its percent sign with it: nobody reads “2.<del>2</del><ins>1</ins>%”.
_PIECE = re.compile(rf"\d+(?:[.,:/-]\d+)*%?|{_LETTER}+(?:['’-]{_LETTER}+)*|\s+|.", re.DOTALL)
_LONG = 6000
"""Pieces of both texts from which on common ones are no anchors: else a page's worth of Han takes seconds."""
_SHORT = 3
"""Letters of a short word, such as “it” or “the”."""
_Step = tuple[str, str]


def difference(old: str, new: str) -> Markup:
    """Both texts as one: what is gone in `<del>`, what came in `<ins>`, what stayed as it is."""
    return html('<span class="cd-diff">{steps}</span>', steps=joined(_step(*one) for one in _steps(old, new)))


def _steps(old: str, new: str) -> list[_Step]:
    """The changes in order, each as what is gone and what came; what stayed is both."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > _LONG)
    steps = [
        ("".join(before[start:end]), "".join(after[other:until]))
        for _tag, start, end, other, until in matcher.get_opcodes()
    ]
    return list(_calm(steps))


def _calm(steps: list[_Step]) -> Iterator[_Step]:
    """A character or a short word that stayed between two changes goes with them: one change reads easier than two."""
    gone, came = "", ""
    for place, (was, now) in enumerate(steps):
        stayed = was == now
        if stayed and not (gone or came):
            yield was, now
        elif stayed and (not _slight(was) or place == len(steps) - 1):
            yield from ((gone, came), (was, now))
            gone, came = "", ""
        else:
            gone, came = gone + was, came + now
    if gone or came:
        yield gone, came


def _slight(stayed: str) -> bool:
    words = stayed.strip()
    return len(words) <= 1 or (len(words) <= _SHORT and words.isascii() and words.isalpha())


def _step(was: str, now: str) -> Markup:
    if was == now:
        return html("{same}", same=was)
    gone = html("<del>{was}</del>", was=was) if was else NONE
    return gone + (html("<ins>{now}</ins>", now=now) if now else NONE)
