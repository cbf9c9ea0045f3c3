"""Whether a name that an entry gives exists, and which one was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.errors import Problem

if TYPE_CHECKING:
    from assistant.packs.loader import Reading


def unknown(
    reading: Reading,
    section: str,
    own: str,
    path: tuple[object, ...],
    word: str,
    given: Iterable[str],
    known: Iterable[str],
) -> Iterator[Problem]:
    """A problem for each given name that is not known, at its line, with the nearest one."""
    names = list(known)
    for one in given:
        if one not in names:
            file, line = reading.at(section, own, *path)
            close = difflib.get_close_matches(one, names, n=1, cutoff=0.5)
            mend = f"write “{close[0]}”" if close else f"add it or use one of {', '.join(sorted(names)[:8])}"
            yield Problem(file, line, f"{own}: there is no {word} “{one}”", mend)
