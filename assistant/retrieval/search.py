"""Search: the hard filter first, then BM25, and an embedding model's vectors where they have earned a vote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.retrieval.collection import Collection
from assistant.retrieval.embedding import Embedder, vectors_of
from assistant.retrieval.entry import Entry
from assistant.retrieval.filters import Filter
from assistant.retrieval.lexical import Lexical
from assistant.retrieval.manifest import Manifest
from assistant.retrieval.private import PrivateCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Notify = Callable[[str], None]
FUSION = 60
"""The constant of reciprocal rank fusion."""
DEPTH = 50
EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. `score` orders the allowed ones; it is BM25's, or the fused one where vectors vote.

    `dense` is a cosine similarity, None where vectors were not asked. A hit that the filter refused has
    `allowed` false, the score 0 and `why` in words.
    """

    entry: Entry
    score: float
    bm25: float
    dense: float | None = None
    allowed: bool = True
    why: str = ""


class Search:
    """An open index. Safe to use from several threads; a forked child opens its own."""

    def __init__(
        self,
        copy: PrivateCopy,
        collection: Collection,
        lexical: Lexical,
        manifest: Manifest,
        embedder: Embedder | None,
        notify: Notify,
    ) -> None:
        self._copy, self._collection, self._lexical = copy, collection, lexical
        self._embedder, self._notify = embedder, notify
        self.manifest = manifest
        self.entries: tuple[Entry, ...] = tuple(collection.entries())
        self._row = {entry.id: row for row, entry in enumerate(self.entries)}
        self._allowed: dict[Filter, frozenset[int]] = {}
        self._silent = False

    def close(self) -> None:
        """Close Chroma and remove this process's copy."""
        self._collection.close()
        self._copy.close()

    @cached_property
    def _by_owner(self) -> dict[tuple[str, str], Entry]:
        return {(entry.owner, entry.locale): entry for entry in self.entries}

    def entry(self, owner: str, locale: str) -> Entry | None:
        """The entry of an owner such as `product:TD-24M` in a locale."""
        return self._by_owner.get((owner, locale))

    def search(self, text: str, filter: Filter = EVERYTHING, k: int = 10, explain: bool = False) -> list[Hit]:
        """At most k hits, best first; without a locale in the filter an owner appears once, in its best locale.

        `explain` adds at most k hits that the filter refused, best first, each with why.
        """
        if not text.strip() or k < 1:
            return []
        scores = self._lexical.scores(text)
        allowed = self._rows(filter)
        order = _order(scores, allowed)
        ranked = self._fused(text, filter, scores, order, k) if self.manifest.votes else self._plain(scores, order)
        hits = _once(ranked, k) if filter.locale is None else ranked[:k]
        if explain:
            hits += self._refused(filter, scores, allowed, {hit.entry.owner for hit in hits}, k)
        return hits

    def similar(self, text: str, k: int = 10, filter: Filter = EVERYTHING) -> list[Hit]:
        """The k entries whose vectors are nearest; `score` and `dense` are the cosine similarity."""
        near = self._near(text, filter, k)
        return [Hit(self.entries[row], far, 0.0, far) for row, far in near.items()]

    def _rows(self, filter: Filter) -> frozenset[int]:
        if filter not in self._allowed:
            # An index never changes, so what a filter lets through never does; the bound holds memory alone.
            if len(self._allowed) >= 4096:
                self._allowed.clear()
            self._allowed[filter] = frozenset(self._row[name] for name in self._collection.ids(filter.where()))
        return self._allowed[filter]

    def _plain(self, scores: NDArray[np.float32], order: Sequence[int]) -> list[Hit]:
        return [Hit(self.entries[row], float(scores[row]), float(scores[row])) for row in order]

    def _fused(self, text: str, filter: Filter, scores: NDArray[np.float32], order: Sequence[int], k: int) -> list[Hit]:
        depth = max(DEPTH, 3 * k)
        try:
            near = self._near(text, filter, depth)
        except ModelError as error:
            self._once_said(f"The embedding model does not answer ({error.what}); words alone decide for now.")
            return self._plain(scores, order)
        fused: dict[int, float] = {}
        for ranking in (order[:depth], list(near)):
            for place, row in enumerate(ranking, 1):
                fused[row] = fused.get(row, 0.0) + 1.0 / (FUSION + place)
        best = sorted(fused, key=lambda row: (-fused[row], row))
        return [Hit(self.entries[row], fused[row], float(scores[row]), near.get(row)) for row in best]

    def _near(self, text: str, filter: Filter, k: int) -> dict[int, float]:
        vector = vectors_of([text], self._embedder)[0]
        return {self._row[name]: far for name, far in self._collection.nearest(vector, filter.where(), k)}

    def _refused(
        self, filter: Filter, scores: NDArray[np.float32], allowed: frozenset[int], shown: set[str], k: int
    ) -> list[Hit]:
        rest = _order(scores, frozenset(range(len(self.entries))) - allowed)
        hits = [hit for hit in self._plain(scores, rest) if hit.entry.owner not in shown]
        return [replace(hit, score=0.0, allowed=False, why=filter.refusal(hit.entry)) for hit in _once(hits, k)]

    def _once_said(self, message: str) -> None:
        if not self._silent:
            self._silent = True
            self._notify(message)


def _order(scores: NDArray[np.float32], rows: Iterable[int]) -> list[int]:
    """Rows with a score above 0, best first, ties in the pack's order."""
    return sorted((row for row in rows if scores[row] > 0), key=lambda row: (-scores[row], row))


def _once(ranked: Iterable[Hit], k: int) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in ranked:
        best.setdefault(hit.entry.owner, hit)
        if len(best) == k:
            break
    return list(best.values())
