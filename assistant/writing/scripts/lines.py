"""Which lines of the pack suit a call: by trigger, owner, age, mood, assessment, product."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.catalogue import Product
from assistant.domain.script import Assessment, Line, Mood
from assistant.domain.slots import slots_of
from assistant.writing.scripts.slots import Voice


@dataclass(frozen=True)
class Occasion:
    """The call that lines are chosen for. `seed` makes the choice the same each time."""

    trigger: str
    speaker: str
    age: str
    mood: Mood | None
    status: Assessment
    seed: str


@dataclass(frozen=True)
class Lines:
    """The lines of one locale, chosen for an occasion."""

    lines: Sequence[Line]
    occasion: Occasion
    voice: Voice

    def suited(self, section: str, product: Product | None = None, **wanted: Any) -> list[Line]:
        """Lines of a section that hold for the occasion, those written for it first."""
        found = [line for line in self.lines if line.section == section and self._holds(line, product, wanted)]
        return sorted(
            found, key=lambda line: (-self._nearness(line), zlib.crc32(f"{self.occasion.seed}{line.id}".encode()))
        )

    def first(self, section: str, product: Product | None = None, **wanted: Any) -> Line | None:
        """The best line of a section; None where the pack has none."""
        return next(iter(self.suited(section, product, **wanted)), None)

    def _holds(self, line: Line, product: Product | None, wanted: dict[str, Any]) -> bool:
        if any(getattr(line, key) != value for key, value in wanted.items()):
            return False
        kind = product.type if product else "none"
        return all(self._conditions(line, kind)) and all(
            self.voice.fills(slot, product) for slot in slots_of(line.text)
        )

    def _conditions(self, line: Line, kind: str) -> Iterator[bool]:
        own = self.occasion
        yield not line.trigger or own.trigger in line.trigger
        yield not line.owner or own.speaker in line.owner
        yield not line.age or own.age in line.age
        yield line.mood is None or line.mood == own.mood
        yield line.status is None or line.status == own.status
        yield not line.product_type or kind in line.product_type

    def _nearness(self, line: Line) -> int:
        return (
            8 * (line.mood is not None)
            + 4 * bool(line.trigger)
            + 2 * (line.status is not None)
            + bool(line.product_type)
        )
