"""Figures that claim nothing: a key of the telephone, a rough time, a time that is the customer's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.pack import Lexicon, Pack
from assistant.errors import Problem
from assistant.text.figures import Figure
from assistant.text.patterns import explosive

_BEFORE = 16
"""So many characters before a figure tell what it is."""


class Asides:
    """The lexicon's patterns of one locale for what stands beside a figure that is no claim."""

    def __init__(self, lexicon: Lexicon) -> None:
        asides = lexicon.asides
        self._key = _ending(asides.keys)
        self._own = _ending(asides.times)
        self._use = _any(asides.uses)
        self._rough = _any(asides.rough)

    def holds(self, folded: str, figure: Figure) -> bool:
        """Whether a figure is an aside."""
        start, end = figure.start, figure.end
        before = max(0, start - _BEFORE)
        if figure.kind == "term":
            customers = self._own.search(folded, before, start) or self._use.match(folded, end)
            return bool(customers or self._rough.fullmatch(folded, start, end))
        return end - start == 1 and bool(self._key.search(folded, before, start))


def problems(pack: Pack) -> Iterator[Problem]:
    """Patterns of the lexicons that are none, or that may explode."""
    for locale, lexicon in pack.lexicon.items():
        asides = lexicon.asides
        for pattern in (*asides.keys, *asides.times, *asides.uses, *asides.rough):
            file = pack.sources.get(f"lexicon:{locale}", f"lexicon/{locale}.yaml")
            try:
                if explosive(pattern):
                    what = f"asides: the pattern “{pattern[:60]}” may take exponential time on some text"
                    yield Problem(file, 1, what, "put no repeat inside a repeat")
            except re.error as error:
                yield Problem(file, 1, f"asides: “{pattern[:60]}” is no pattern ({error})", "mend the pattern")


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")


def _ending(patterns: Sequence[str]) -> re.Pattern[str]:
    """One of the patterns at the end of what is searched."""
    return re.compile(rf"(?:{'|'.join(patterns)})[\s“「\"']{{0,2}}$") if patterns else _any(())
