"""Spans of a text, asked about many times: what lies inside one, what touches one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

Span = tuple[int, int]


class Cover:
    """A set of spans (start, end) that may nest but are asked about in logarithmic time."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        reach = -1
        # A span that begins later and ends no later than another adds nothing.
        for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
            if end > reach:
                self._spans.append((start, end))
                reach = end

    def holds(self, start: int, end: int) -> bool:
        """Whether start…end lies inside one of the spans."""
        at = bisect_right(self._spans, (start, float("inf"))) - 1
        return at >= 0 and end <= self._spans[at][1]

    def touches(self, start: int, end: int) -> bool:
        """Whether start…end shares a character with one of the spans."""
        at = bisect_left(self._spans, (end, -1)) - 1
        return at >= 0 and start < self._spans[at][1]

    def add(self, start: int, end: int) -> None:
        """One span more, which touches none of those that are there."""
        insort(self._spans, (start, end))
