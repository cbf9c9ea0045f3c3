"""What was approved, kept: found by its words, with how it did, and whether it may still be used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.domain.item import Item, State
from assistant.domain.pack import Pack
from assistant.retrieval.approved import Approved, stock_of
from assistant.retrieval.filters import Filter
from assistant.retrieval.search import Search
from assistant.retrieval.stock import Stock
from assistant.writing.frame import own_words

STATES: tuple[State, ...] = ("approved", "released", "retired", "expired")
"""States of texts that somebody approved; a recalled one needs words first."""


class Shelf(Protocol):
    """What is needed of the desk's texts."""

    def rows(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]: ...
    def chosen(self, ids: Collection[str] = (), **where: str | tuple[str, ...]) -> list[Item]: ...
    def some(self, most: int, **where: str | tuple[str, ...]) -> list[Item]: ...
    def campaigns(self, **where: str | tuple[str, ...]) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """An approved text that fits a question. `recalled`: its facts or rules have changed; `how`: its results."""

    item: Item
    text: str
    template: str
    angle: str
    score: float
    recalled: bool
    how: Mapping[str, Any] | None

    def line(self) -> dict[str, Any]:
        """As one line of JSON."""
        cell = self.item.cell.model_dump()
        told = {"id": self.item.id, "state": self.item.state, **cell, "angle": self.angle, "score": self.score}
        return {**told, "recalled": self.recalled, "how": self.how, "text": self.text, "template": self.template}


@dataclass
class Library:
    """Searches the approved texts. The index is made anew when they have changed; it holds nothing of its own."""

    pack: Pack
    shelf: Shelf
    frozen: Callable[[], Mapping[str, str]]
    how: Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]]
    open: Callable[[Stock], Search]
    _open: tuple[str, Search] | None = field(default=None, repr=False)

    def search(self, text: str, k: int = 8, channel: str | None = None, **wanted: str) -> list[Found]:
        """At most k texts, the nearest first; `wanted`: locale, market, segment, campaign. By words, and where no word
        is shared by likeness."""
        items = {item.id: item for item in self.shelf.chosen(state=STATES)}
        if channel is not None:
            items = {own: item for own, item in items.items() if item.cell.channel == channel}
        if not items or not text.strip():
            return []
        filter, wide = Filter(kinds=("asset",), **wanted), max(k, 200) if channel else k  # type: ignore[arg-type]
        search = self._searching()
        hits = search.search(text, filter, wide) or search.similar(text, wide, filter)
        ids = [hit.entry.subject for hit in hits if hit.entry.subject in items][:k]
        scores = {hit.entry.subject: hit.score for hit in hits}
        return self._found([items[own] for own in ids], scores)

    def texts_of(self, ids: Sequence[str]) -> list[Found]:
        """Texts by id, in any state. Raises UnknownId."""
        return self._found(self.shelf.chosen(ids), {})

    def texts(self, most: int, **where: str) -> list[Found]:
        """Approved texts by their columns, without a question, by id; so many at most."""
        return self._found(self.shelf.some(most, state=STATES, **where), {})

    def campaigns(self, among: Sequence[str], **where: str) -> set[str]:
        """Those of some campaigns that have an approved text by these columns."""
        return self.shelf.campaigns(state=STATES, campaign=tuple(among), **where)

    def close(self) -> None:
        """Let go of the index."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _found(self, items: Sequence[Item], scores: Mapping[str, float]) -> list[Found]:
        ids = [item.id for item in items]
        rows, frozen, how = self.shelf.rows(ids), self.frozen(), self.how(ids)
        return [
            Found(
                item,
                rows[item.id]["text"],
                rows[item.id]["template"],
                rows[item.id]["angle"],
                scores.get(item.id, 0.0),
                item.draft in frozen,
                how.get(item.id),
            )
            for item in items
        ]

    def _searching(self) -> Search:
        items = self.shelf.chosen(state=STATES)
        rows = self.shelf.rows([item.id for item in items])
        texts = [
            Approved(item, own_words(self.pack, rows[item.id]["text"]), rows[item.id]["offer"], rows[item.id]["angle"])
            for item in items
        ]
        stock = stock_of(self.pack, texts)
        if self._open is None or self._open[0] != stock.version:
            self.close()
            self._open = stock.version, self.open(stock)
        return self._open[1]
