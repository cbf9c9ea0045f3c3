"""For whom there are texts, and how often customers were spoken to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.domain.pack import Pack
from assistant.playbook.pressure import Pressure
from assistant.review.insights.viewing import Told

Across = Literal["age", "channel"]


class Store(Protocol):
    """What counts released texts."""

    def released(self, across: str, campaign: str | None = None) -> dict[tuple[str, str], int]: ...


class People(Protocol):
    """What counts customers, of nobody in particular."""

    def sizes(self, by: Sequence[str], where: Mapping[str, str], now: dt.datetime) -> list[dict[str, Any]]: ...
    def pressure(self, now: dt.datetime) -> Pressure: ...


@dataclass(frozen=True, slots=True)
class Square:
    """Released texts for a segment and an age or channel, and the customers there; None where they are not counted.
    `meant`: the segment is meant to have such people."""

    texts: int
    customers: Told | None
    meant: bool = True

    @property
    def bare(self) -> bool:
        """Whether there are customers and no text for them."""
        return self.meant and self.texts == 0 and self.customers not in (None, 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Squares by segment and age or channel; `segments`: customers of each, None where there are no tables."""

    across: Across
    columns: tuple[str, ...]
    squares: Mapping[tuple[str, str], Square]
    segments: Mapping[str, Told | None]

    @property
    def bare(self) -> list[tuple[str, str]]:
        """Where there are customers and no text."""
        return [key for key, one in self.squares.items() if one.bare]


@dataclass(frozen=True)
class Reach:
    """Counts whom the desk reaches. `people`: None where no customers are named."""

    pack: Pack
    store: Store
    people: People | None

    def coverage(self, across: Across, now: dt.datetime, campaign: str | None = None) -> Coverage:
        """Released texts beside customers. FileError, InputError where the customers cannot be read."""
        texts = self.store.released(across, campaign)
        columns = tuple(self.pack.ages if across == "age" else self.pack.channels)
        by = ("segment", "age") if across == "age" else ("segment",)
        sizes = self._sizes(by, now)
        own = sizes if across == "channel" else self._sizes(("segment",), now)
        squares = {}
        for segment, one in self.pack.segments.items():
            for column in columns:
                meant = across == "channel" or column in one.ages
                key = (segment, column) if across == "age" else (segment,)
                customers = None if sizes is None else sizes.get(key, 0)
                squares[segment, column] = Square(texts.get((segment, column), 0), customers, meant)
        segments = {name: None if own is None else own.get((name,), 0) for name in self.pack.segments}
        return Coverage(across, columns, squares, segments)

    def pressure(self, now: dt.datetime) -> Pressure | None:
        """How often customers were spoken to; None where no customers are named."""
        return None if self.people is None else self.people.pressure(now)

    def _sizes(self, by: tuple[str, ...], now: dt.datetime) -> dict[tuple[str, ...], Told] | None:
        if self.people is None:
            return None
        return {tuple(row[name] for name in by): row["size"] for row in self.people.sizes(by, {}, now)}
