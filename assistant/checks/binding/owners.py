"""Whose facts a figure may state, by the names that stand before it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from assistant.checks.binding.names import Mention
from assistant.checks.context import Context

_STOP = re.compile(r"[。！？!?\n]|\.\s")


class Owners:
    """The products named in a text, by place. A text of any length is read once."""

    def __init__(self, context: Context, listed: Sequence[Mention] = ()) -> None:
        self._context = context
        self._listed = list(listed)
        self._list_at = [mention.end for mention in self._listed]
        named = [mention for mention in context.mentions if mention.kind == "product"]
        self._ends = [mention.end for mention in named]
        self._stops = [match.start() for match in _STOP.finditer(context.folded.text)] if named else []
        self._before: list[tuple[str, ...]] = [()]
        self._beside: list[tuple[str, ...]] = [()]
        for place, mention in enumerate(named):
            alone = place == 0 or self._parted(self._ends[place - 1], mention.start)
            beside = () if alone else self._beside[-1]
            self._before.append(_first(mention.owner, self._before[-1]))
            self._beside.append(_first(mention.owner, beside) if mention.full else beside)

    def named(self, at: int) -> tuple[str, ...]:
        """Products named before a place, the nearest first."""
        return self._before[bisect_right(self._ends, at)]

    def of(self, at: int) -> list[str]:
        """The owners of the facts that a figure at a place may state, the likeliest first.

        Products named in full in the figure's own sentence, before it, leave no room for others, nor does the product
        that a list by terms has come to.
        """
        context = self._context
        campaign = [f"campaign:{context.campaign.id}"] if context.campaign else []
        if place := bisect_right(self._list_at, at):
            return [f"product:{self._listed[place - 1].owner}", *campaign, "pack"]
        own = self._sentence(at)
        products = own or (*self.named(at), *(product.id for product in context.products))
        found = [f"product:{owner}" for owner in dict.fromkeys(products)] + campaign
        if context.campaign and not own:
            found += [f"product:{offer}" for offer in context.campaign.offers if f"product:{offer}" not in found]
        return [*found, "pack"]

    def _sentence(self, at: int) -> tuple[str, ...]:
        """Products named in full before a place, in its own sentence."""
        count = bisect_right(self._ends, at)
        return () if not count or self._parted(self._ends[count - 1], at) else self._beside[count]

    def _parted(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places."""
        at = bisect_left(self._stops, start)
        return at < len(self._stops) and self._stops[at] < end


def _first(owner: str, others: tuple[str, ...]) -> tuple[str, ...]:
    return (owner, *(other for other in others if other != owner))
