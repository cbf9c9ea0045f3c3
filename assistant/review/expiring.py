"""Approvals that end with their campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from assistant.domain.catalogue import Campaign
from assistant.domain.item import MOVES, Item
from assistant.domain.pack import Pack
from assistant.review.rules import Wish
from assistant.review.workflow import Workflow

_AT_ONCE = 500


class Shelf(Protocol):
    """What is needed of the desk's texts."""

    def rows(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]: ...
    def chosen(self, ids: Collection[str] = ..., **where: str) -> list[Item]: ...


@dataclass(frozen=True)
class Expiring:
    """Ends what was approved or released for a campaign that is over, on the institution's own calendar."""

    pack: Pack
    shelf: Shelf
    workflow: Workflow

    def due(self, now: dt.datetime) -> list[str]:
        """The texts whose campaign is over; a yearly one is over for what was written for that year."""
        today = now.astimezone(ZoneInfo(self.pack.institution.timezone)).date()
        ending = {own: one for own, one in self.pack.campaigns.items() if one.period.until is not None}
        standing = [one for state in sorted(MOVES["expire"].sources) for one in self.shelf.chosen(state=state)]
        texts = {one.id: ending[one.cell.campaign] for one in standing if one.cell.campaign in ending}
        written = self.shelf.rows(list(texts)) if texts else {}
        return [own for own, campaign in texts.items() if over(campaign, _day(written[own]), today)]

    def expire(self, now: dt.datetime) -> list[str]:
        """Expire them, each with its audit row; the ids of those that were."""
        due, done = self.due(now), list[str]()
        for start in range(0, len(due), _AT_ONCE):
            told = self.workflow.do(due[start : start + _AT_ONCE], Wish("expire", None), now)
            done += [one.id for one in told if one.item is not None]
        return done


def over(campaign: Campaign, written_for: dt.date, today: dt.date) -> bool:
    """Whether a campaign is over for what was written for a day. Its last day is not over yet."""
    span = campaign.period.on(written_for)
    if span is None:
        # The campaign was moved since: what is left of it counts.
        return campaign.period.next_from(today) is None
    return span.until is not None and span.until < today


def _day(row: Mapping[str, Any]) -> dt.date:
    return dt.date.fromisoformat(row["brief"]["send_on"])
