"""What a regular expression asks for, read from its parse tree: words that must stand, and repeats that may explode."""

from __future__ import annotations

import re
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

_KNOWN = 16_384
"""Patterns that are remembered: a changed pack has nearly all of those that it had, and each costs more than a text."""
_WIDEST = 16
"""A class of more characters than this says nothing about what a text must hold."""
_MOST = 256
_MANY = 32
"""From so many times on, a repeat counts as unbounded."""

_SETS, _WAYS = 4, 16
"""So many sets of words tell a match from chance; so many ways to match are told apart."""

Words = frozenset[str]
Asked = tuple[Words, ...]
"""Sets of words, of each of which a text must hold one."""
Ways = tuple[Asked, ...]
"""What a match asks for: all that one of the ways asks. No way at all asks for nothing."""


@lru_cache(maxsize=_KNOWN)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once a process. Raises re.error."""
    return re.compile(pattern)


@lru_cache(maxsize=_KNOWN)
def required(pattern: str) -> Ways:
    """What every match holds, in lower case, the rarest set of words first; no way where no word is sure.

    Raises re.error for what is no pattern.
    """
    ways = dict.fromkeys(_rarest(way) for way in _of(_parsed(pattern)))
    return tuple(ways) if all(ways) else ()


def all_required(patterns: Iterable[str]) -> tuple[Ways, ...]:
    """`required` of each pattern; none at all where one of them is sure of no word."""
    found = [required(pattern) for pattern in patterns]
    return tuple(found) if all(found) else ()


@lru_cache(maxsize=_KNOWN)
def explosive(pattern: str) -> bool:
    """Whether a repeat stands inside a repeat, so that some text takes exponential time. Raises re.error."""
    return _nested(_parsed(pattern), False)


@lru_cache(maxsize=64)
def _parsed(pattern: str) -> Any:
    """The parse tree: a check asks one pattern after another what bursts, and then what it requires."""
    return parser.parse(pattern)


def _rarest(way: Asked) -> Asked:
    """The sets that tell most. A Latin letter or a space beside longer words tells nothing: it stands everywhere."""
    ordered = sorted(dict.fromkeys(way), key=_rarity, reverse=True)
    telling = [words for words in ordered[1:] if all(len(word) > 1 or not word.isascii() for word in words)]
    return (*ordered[:1], *telling[: _SETS - 1])


def _of(sequence: Iterable[tuple[Any, Any]]) -> list[Asked]:
    """The ways in which a sequence matches; a way of no sets is sure of nothing."""
    ways: list[Asked] = [()]
    runs: Words = frozenset([""])
    for operation, given in sequence:
        choices = _characters(operation, given)
        if choices is not None and len(runs) * len(choices) <= _MOST:
            runs = frozenset(run + character for run in runs for character in choices)
            continue
        ways = _both(ways, _run(runs))
        runs = choices if choices is not None else frozenset([""])
        if choices is None:
            ways = _both(ways, _inner(operation, given))
    return _both(ways, _run(runs))


def _run(runs: Words) -> list[Asked]:
    """A run of characters, each of which is known to be one of a few."""
    return [(runs,)] if runs and all(runs) else [()]


def _both(ones: list[Asked], others: list[Asked]) -> list[Asked]:
    """The ways of two things that stand after each other."""
    if len(ones) * len(others) > _WAYS:
        others = _joined(others)
    return [one + other for one in ones for other in others]


def _joined(ways: Sequence[Asked]) -> list[Asked]:
    """One way for many: a word of the rarest set of any."""
    return [(frozenset[str]().union(*(max(way, key=_rarity) for way in ways)),)] if all(ways) else [()]


def _characters(operation: Any, given: Any) -> Words | None:
    """The characters that one place may hold, where they are few."""
    if operation is code.LITERAL:
        return frozenset([chr(given).lower()])
    if operation is not code.IN:
        return None
    found: set[str] = set()
    for inner, value in given:
        if inner is code.LITERAL:
            found.add(chr(value).lower())
        elif inner is code.RANGE and value[1] - value[0] < _WIDEST:
            found.update(chr(one).lower() for one in range(value[0], value[1] + 1))
        else:
            return None
    return frozenset(found) if len(found) <= _WIDEST else None


def _inner(operation: Any, given: Any) -> list[Asked]:
    """What a group, a choice or a repeat asks for."""
    if operation is code.SUBPATTERN:
        return _of(given[-1])
    if operation is code.BRANCH:
        ways = [way for one in given[1] for way in _of(one)]
        if not all(ways):
            return [()]
        plain = [way for way in ways if len(way) == 1]
        return [*(_joined(plain) if plain else ()), *(way for way in ways if len(way) > 1)]
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and given[0] > 0:
        return _of(given[2])
    return [()]


def _rarity(words: Words) -> tuple[int, int]:
    """The longer the shortest word, the more rarely it is met; the fewer words, too."""
    return min(map(len, words)), -len(words)


def _nested(sequence: Iterable[tuple[Any, Any]], repeated: bool) -> bool:
    return any(_bursts(operation, given, repeated) for operation, given in sequence)


def _bursts(operation: Any, given: Any, repeated: bool) -> bool:
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT):
        many = given[1] is code.MAXREPEAT or given[1] >= _MANY
        return (many and repeated) or _nested(given[2], repeated or many)
    if operation is code.SUBPATTERN:
        return _nested(given[-1], repeated)
    if operation is code.BRANCH:
        return any(_nested(one, repeated) for one in given[1])
    return operation in (code.ASSERT, code.ASSERT_NOT) and _nested(given[1], repeated)


class AnyOf:
    """Patterns of which any may match. They are looked for one by one, and together only where one of them matches:
    a search for all of them tries each at every place."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._parts = [compiled(pattern) for pattern in patterns]
        self._whole = compiled("|".join(part.pattern for part in self._parts) or r"(?!)")

    def holds(self, text: str, parts: Sequence[int] | None = None) -> bool:
        """Whether one of some parts (else of all) matches somewhere."""
        chosen = self._parts if parts is None else [self._parts[part] for part in parts]
        return any(part.search(text) for part in chosen)

    def finditer(self, text: str, parts: Sequence[int] | None = None) -> Iterator[re.Match[str]]:
        """All matches, where none is known to match but some parts."""
        if parts is not None and len(parts) == 1:
            return self._parts[parts[0]].finditer(text)
        return self._whole.finditer(text) if self.holds(text, parts) else iter(())
