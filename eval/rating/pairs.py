"""Who sees which pair when, and on which side: worked out from a seed that stays on the server.

Nothing of it is kept but the seed, so that a session goes on after a kill where it stood; and a turn's name tells a
rater neither the pair nor whether they have seen it before.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from dataclasses import dataclass

from assistant.domain.rating import Better, Choice, Pair, RatingSession

_BETTER: dict[bool, dict[int, Better]] = {False: {1: "a", 2: "tie", 3: "b"}, True: {1: "b", 2: "tie", 3: "a"}}


@dataclass(frozen=True, slots=True)
class Turn:
    """A pair before a rater. `name` is what the page knows of it; `swapped`: b stands left; `repeat`: they saw it
    before, the other way round. `place` counts from 0."""

    name: str
    place: int
    pair: Pair
    swapped: bool
    repeat: bool

    @property
    def left(self) -> str:
        """The left text."""
        return (self.pair.b if self.swapped else self.pair.a).text

    @property
    def right(self) -> str:
        """The right text."""
        return (self.pair.a if self.swapped else self.pair.b).text

    def better(self, choice: Choice) -> Better:
        """What a choice between left and right means."""
        return _BETTER[self.swapped][choice]


def turns(session: RatingSession, rater: str) -> tuple[Turn, ...]:
    """All turns of a rater: every pair once in an order of their own, half of them swapped, and some of them again."""
    dice = random.Random(_hash(session.seed, "order", rater))
    pairs = list(session.pairs)
    dice.shuffle(pairs)
    sides = [place % 2 == 0 for place in range(len(pairs))]
    dice.shuffle(sides)
    first = [(pair, swapped, False) for pair, swapped in zip(pairs, sides, strict=True)]
    told = _with_repeats(first, session, dice)
    return tuple(
        Turn(_hash(session.seed, "turn", rater, pair.id, str(repeat)).hex()[:20], place, pair, swapped, repeat)
        for place, (pair, swapped, repeat) in enumerate(told)
    )


def repeated(count: int, share: float) -> int:
    """How many of so many pairs come again: one at least, where any are to and there are two."""
    return max(1, round(share * count)) if share and count > 1 else 0


def _with_repeats(
    first: list[tuple[Pair, bool, bool]], session: RatingSession, dice: random.Random
) -> list[tuple[Pair, bool, bool]]:
    count = len(first)
    gap = min(session.gap, count // 2)
    chosen = dice.sample(range(count - gap), repeated(count, session.repeats))
    # Behind its own pair by the gap at least; what comes between only makes it longer.
    behind: dict[int, list[tuple[Pair, bool, bool]]] = {}
    for place in sorted(chosen):
        pair, swapped, _ = first[place]
        behind.setdefault(dice.randrange(place + gap, count), []).append((pair, not swapped, True))
    told = []
    for place, one in enumerate(first):
        told += [one, *behind.get(place, [])]
    return told


def _hash(seed: str, *words: str) -> bytes:
    return hmac.new(seed.encode(), "\x1f".join(words).encode(), hashlib.sha256).digest()
