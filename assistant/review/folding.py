"""Folded review: a sentence that many texts of a package share is read once, with the texts that it stands in.

Two sentences are of one class when they have the same words and the same kinds of slots in one language. Whose slots
they are, and what fills them, is proved by the checks, so it does not tell classes apart; nor does the word by which
the reader is addressed, where it is that of the text's own age band. The frame that the program puts around every text
is no part of what is folded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.checks.measure import sentences
from assistant.domain.slots import SLOT

_OWNER = re.compile(r":[A-Za-z0-9_-]+")
_YOU = "\ue800"
_HOLE = 0xE000
"""Slots stand as one private character each while a template is cut: their dots end no sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A class of sentences: its template, its language, and the items that it stands in, in order."""

    id: str
    template: str
    locale: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Texts as classes of sentences, those in most texts first; `of` gives each item's classes as they are read."""

    sentences: tuple[Sentence, ...]
    of: Mapping[str, tuple[str, ...]]
    plain: int

    def complete(self, passed: frozenset[str]) -> list[str]:
        """The items whose every sentence has been passed. A text without a word of its own is never complete."""
        return [item for item, own in self.of.items() if own and passed.issuperset(own)]

    def characters(self) -> tuple[int, int]:
        """Characters of all texts read one by one, frame and all, and of all classes read once."""
        return self.plain, sum(len(one.template) for one in self.sentences)


def _same(_item: str, template: str) -> str:
    return template


def folded(
    texts: Sequence[tuple[str, str, str]],
    to_read: Callable[[str, str], str] = _same,
    address: Callable[[str], str] = lambda _item: "",
) -> Folded:
    """Fold texts, each an item's id, its locale and its template.

    `to_read` gives of an item's template what is to be read, `address` how an item's reader is addressed.
    """
    of: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, str]] = {}
    items: dict[str, list[str]] = {}
    for item, locale, template in texts:
        own, word = [], address(item)
        for sentence in cut(to_read(item, template)):
            kind = SLOT.sub(lambda match: f"{{{_OWNER.sub('', match[1])}}}", sentence)
            kind = kind.replace(word, _YOU) if word else kind
            key = hashlib.sha256(f"{locale}\0{kind}".encode()).hexdigest()[:32]
            words.setdefault(key, (sentence, locale))
            own.append(key)
        of[item] = tuple(own)
        for key in dict.fromkeys(own):
            items.setdefault(key, []).append(item)
    classes = (Sentence(key, *words[key], tuple(found)) for key, found in items.items())
    plain = sum(len(one) for _, _, template in texts for one in cut(template))
    return Folded(tuple(sorted(classes, key=lambda one: -len(one.items))), of, plain)


def cut(template: str) -> list[str]:
    """The sentences of a template, its slots whole."""
    slots = [match[0] for match in SLOT.finditer(template)]
    numbers = iter(range(len(slots)))
    plain = SLOT.sub(lambda match: chr(_HOLE + next(numbers)), template)
    found = []
    for line in plain.split("\n"):
        starts = [start for start, _ in sentences(line)]
        # A sentence takes with it what follows up to the next one: its full stop, a link.
        found += [
            line[start:end].strip() for start, end in zip([0, *starts[1:]], [*starts[1:], len(line)], strict=True)
        ]
    found = [one for one in found if one]
    return ["".join(slots[ord(c) - _HOLE] if _HOLE <= ord(c) < _HOLE + len(slots) else c for c in one) for one in found]
