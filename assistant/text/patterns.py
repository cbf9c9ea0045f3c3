"""What a regular expression asks for, read from its parse tree: words that must stand, and repeats that may explode."""

from __future__ import annotations

import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from typing import Any

_WIDEST = 16
"""A class of more characters than this says nothing about what a text must hold."""
_MOST = 256
_MANY = 32
"""From so many times on, a repeat counts as unbounded."""

Words = frozenset[str]


def required(pattern: str) -> Words | None:
    """Words of which every match holds at least one, in lower case; None where no word is sure.

    Raises re.error for what is no pattern.
    """
    return _of(parser.parse(pattern))


def all_required(patterns: Iterable[str]) -> tuple[Words, ...]:
    """`required` of each pattern; none at all where one of them is sure of no word."""
    found = [required(pattern) for pattern in patterns]
    return tuple(words for words in found if words is not None) if all(found) else ()


def any_required(patterns: Iterable[str]) -> tuple[Words, ...]:
    """The words of all patterns as one set, for a check that looks for any of them; none where one is not sure."""
    found = all_required(patterns)
    return (frozenset[str]().union(*found),) if found else ()


def explosive(pattern: str) -> bool:
    """Whether a repeat stands inside a repeat, so that some text takes exponential time. Raises re.error."""
    return _nested(parser.parse(pattern), False)


def _of(sequence: Iterable[tuple[Any, Any]]) -> Words | None:
    best: Words | None = None
    runs: Words = frozenset([""])
    for operation, given in sequence:
        choices = _characters(operation, given)
        if choices is not None and len(runs) * len(choices) <= _MOST:
            runs = frozenset(run + character for run in runs for character in choices)
            continue
        best = _better(best, runs)
        runs = choices if choices is not None else frozenset([""])
        if choices is None:
            best = _better(best, _inner(operation, given))
    return _better(best, runs)


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


def _inner(operation: Any, given: Any) -> Words | None:
    """What a group, a choice or a repeat asks for."""
    if operation is code.SUBPATTERN:
        return _of(given[-1])
    if operation is code.BRANCH:
        found = [_of(one) for one in given[1]]
        sure = [words for words in found if words is not None]
        return frozenset[str]().union(*sure) if len(sure) == len(found) else None
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and given[0] > 0:
        return _of(given[2])
    return None


def _better(one: Words | None, other: Words | None) -> Words | None:
    """The one whose shortest word is longer: it is met more rarely."""
    usable = [words for words in (one, other) if words and all(words)]
    return max(usable, key=lambda words: (min(map(len, words)), -len(words)), default=None)


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
