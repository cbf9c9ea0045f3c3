"""A DuckDB database in memory: the institution's clock in it, and a lock before the pack's SQL runs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from assistant.domain.pack import Pack

_LITERAL = re.compile(r"('(?:[^']|'')*')")
DAY = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Clock:
    """The moment of a scan in the institution's own time: causes count in (since, now]."""

    now: dt.datetime
    since: dt.datetime
    words: Mapping[str, str]

    @property
    def today(self) -> dt.date:
        """The institution's calendar day."""
        return self.now.date()

    @property
    def first_day(self) -> dt.date:
        """The first calendar day that began after `since`."""
        return self.since.date() + dt.timedelta(days=1)

    def said(self, sql: str) -> str:
        """An expression of the pack with now, today and the festivals put in; texts in quotes are left alone."""
        parts = _LITERAL.split(sql)
        pattern = re.compile(rf"(?<![\w.])({'|'.join(self.words)})(?![\w(])")
        return "".join(part if part.startswith("'") else pattern.sub(self._word, part) for part in parts)

    def _word(self, match: re.Match[str]) -> str:
        return self.words[match[1]]


def clock_of(pack: Pack, now: dt.datetime, last_scan: dt.datetime | None = None) -> Clock:
    """The clock of a scan at `now` (naive, local): a day back, or to the last scan where that is longer ago."""
    since = min(now - DAY, last_scan) if last_scan else now - DAY
    # `at` is a word of SQL's own as well, where no table stands before it.
    words = {"now": f"timestamp '{now}'", "today": f"date '{now:%Y-%m-%d}'", "at": '"at"'}
    for name, festival in (pack.calendar.festivals if pack.calendar else {}).items():
        for side, day in zip(("last", "next"), festival.around(now.date()), strict=True):
            words[f"{side}_{name}"] = f"date '{day}'" if day else "null::date"
    return Clock(now, since, words)


def local(moment: dt.datetime, zone: str) -> dt.datetime:
    """A moment in the institution's own time, without a zone; one without a zone is local already."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment.tzinfo else moment


def connect(zone: str, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """An empty database in memory whose stamps without a zone are the institution's own."""
    database = duckdb.connect(":memory:")
    database.execute("set timezone = ?", [zone])
    # The bar would stand among the lines of standard output.
    database.execute("set enable_progress_bar = false")
    if threads:
        database.execute("set threads = ?", [threads])
    return database


def lock(database: duckdb.DuckDBPyConnection) -> None:
    """From here on no file can be touched and no setting changed: what follows is the pack's own SQL."""
    database.execute("set enable_external_access = false")
    database.execute("set lock_configuration = true")


def rows(database: duckdb.DuckDBPyConnection, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return database.execute(sql, list(given)).fetchall()
