"""The wiring of what is counted for those who look back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from assistant.bootstrap.outgoing import Outgoing
    from assistant.domain.pack import Pack
    from assistant.playbook.pressure import Pressure
    from assistant.review.insights.calls import Calls
    from assistant.review.insights.months import Calendar
    from assistant.review.insights.reach import Reach
    from assistant.review.insights.work import Work
    from assistant.review.results.taking import Results
    from assistant.settings import Settings
    from assistant.store.database import Database
    from assistant.store.insight_texts import TextCounts
    from assistant.store.insight_touches import TouchCounts


class Parts(Protocol):
    """What the wiring needs of a desk."""

    @property
    def settings(self) -> Settings: ...
    @property
    def pack(self) -> Pack: ...
    @property
    def database(self) -> Database: ...
    @property
    def outgoing(self) -> Outgoing: ...
    def sizes(self, by: Sequence[str], where: Mapping[str, str], now: dt.datetime) -> list[dict[str, Any]]: ...
    def pressure(self, now: dt.datetime) -> Pressure: ...


@dataclass
class Insights:
    """Parts are made when first used."""

    desk: Parts

    @cached_property
    def work(self) -> Work:
        """The desk's own work."""
        from assistant.review.insights.work import Work

        return Work(self._texts)

    @cached_property
    def calendar(self) -> Calendar:
        """Every touch by day."""
        from assistant.review.insights.months import Calendar

        return Calendar(self.desk.pack, self._touches, self.desk.settings.small_cells)

    @cached_property
    def reach(self) -> Reach:
        """For whom there are texts, and how often customers were spoken to."""
        from assistant.review.insights.reach import Reach

        return Reach(self.desk.pack, self._texts, self.desk if self.desk.settings.data else None)

    @cached_property
    def calls(self) -> Calls:
        """Whether calls came in time."""
        from assistant.review.insights.calls import Calls

        return Calls(self.desk.pack, self._touches)

    @property
    def results(self) -> Results:
        """What came of what was sent."""
        return self.desk.outgoing.results

    def experiments(self, campaign: str | None = None) -> list[str]:
        """The experiments that were exported last, the newest first."""
        return self._touches.experiments(campaign)

    @cached_property
    def _texts(self) -> TextCounts:
        from assistant.store.insight_texts import TextCounts

        return TextCounts(self.desk.database)

    @cached_property
    def _touches(self) -> TouchCounts:
        from assistant.store.insight_touches import TouchCounts

        return TouchCounts(self.desk.database)
