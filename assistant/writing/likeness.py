"""How alike two texts are: Jaccard over character trigrams of their own words."""

from __future__ import annotations

import re

from assistant.domain.slots import blank

_IDLE = re.compile(r"[\s\W_]+")


def trigrams(template: str) -> frozenset[str]:
    """Character trigrams of a template's own words, slots and punctuation left out."""
    return runs(template, 3)


def runs(template: str, length: int) -> frozenset[str]:
    """All runs of `length` characters of a template's own words; the words themselves where they are shorter."""
    plain = _IDLE.sub("", blank(template)).lower()
    return frozenset(plain[i : i + length] for i in range(len(plain) - length + 1)) or frozenset([plain])


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared over all trigrams, 0 to 1."""
    union = len(one | other)
    return len(one & other) / union if union else 1.0
