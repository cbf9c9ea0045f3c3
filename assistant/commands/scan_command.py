"""copydesk scan: customers and events in, one next action a line out."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.commands.common import desk_of, line
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

_SHOWN = 30
"""Bad rows told one by one; the others are counted."""


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--data", help="a folder with customers, holdings, events (CSV, Parquet), or a DuckDB file")
    parser.add_argument("--as-of", help="the moment of the scan, such as 2026-11-10T10:30 (now)")
    parser.add_argument("--json", action="store_true", help="JSON lines alone on standard output")


def run(given: argparse.Namespace) -> int:
    """Scan, keep, tell."""
    own = desk_of(given)
    place = place_of(given, own)
    zone = own.pack.institution.timezone
    scanned, told = own.actions.scan(place, moment(given.as_of, zone))
    for one, new in told:
        if given.json:
            line(one.line(new, zone))
        else:
            print(_row(one.line(new, zone)))
    for problem in scanned.problems[:_SHOWN]:
        print(problem, file=sys.stderr)
    if len(scanned.problems) > _SHOWN:
        print(f"… and {len(scanned.problems) - _SHOWN} more", file=sys.stderr)
    if not given.json:
        fresh, held = sum(new for _, new in told), sum(one.suppressed is not None for one, _ in told)
        print(f"{len(told)} actions, {fresh} new, {held} suppressed; {scanned.read['events']:,} events read.")
    return int(any(problem.row for problem in scanned.problems))


def place_of(given: argparse.Namespace, own: Desk) -> str:
    """The folder or file that was named, else the settings' own. InputError where neither names one."""
    place = given.data or own.settings.data
    if place is None:
        raise InputError("No data are named.", "Write --data FOLDER, or set COPYDESK_DATA.")
    return str(place)


def moment(given: str | None, zone: str) -> dt.datetime:
    """A moment as it was written, in the institution's zone where it names none; now where none was given."""
    if given is None:
        return dt.datetime.now(ZoneInfo(zone)).replace(microsecond=0)
    try:
        return dt.datetime.fromisoformat(given)
    except ValueError:
        raise InputError(
            f"“{given}” is no moment.", "Write it as 2026-11-10T10:30, with +08:00 where it matters."
        ) from None


def _row(told: dict[str, object]) -> str:
    held = told["suppressed"]
    state = f"held by {held['by']}: {held['why']}" if isinstance(held, dict) else f"{told['channel']}, {told['owner']}"
    mark = "+" if told["new"] else " "
    what = f"{told['customer_id']!s:12} {told['trigger']!s:14} {told['product'] or '':9}"
    return f"{mark} {str(told['due_at'])[:16]}  {what} {state}"
