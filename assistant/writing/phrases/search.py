"""Best-first enumeration: one item of each ranked list, the combinations with the best ranks first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def best_first(lists: Sequence[Sequence[T]], limit: int) -> Iterator[tuple[T, ...]]:
    """Combinations by the sum of their positions, at most `limit`; none where a list is empty."""
    if not lists or not all(lists):
        return
    start = (0,) * len(lists)
    heap, seen = [(0, start)], {start}
    for _ in range(limit):
        if not heap:
            return
        total, places = heapq.heappop(heap)
        yield tuple(items[place] for items, place in zip(lists, places, strict=True))
        for axis, place in enumerate(places):
            if place + 1 < len(lists[axis]):
                following = (*places[:axis], place + 1, *places[axis + 1 :])
                if following not in seen:
                    seen.add(following)
                    heapq.heappush(heap, (total + 1, following))
