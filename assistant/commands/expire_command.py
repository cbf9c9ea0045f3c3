"""copydesk expire: approvals end when their campaign is over."""

from __future__ import annotations

import argparse
import datetime as dt

from assistant.commands.common import desk_of, line, say


def options(parser: argparse.ArgumentParser) -> None:
    """Whether to do it."""
    parser.add_argument("--dry-run", action="store_true", help="list only; expire nothing")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List every text that ends, and end it."""
    desk, now = desk_of(given), dt.datetime.now(dt.UTC)
    done = desk.expiring.due(now) if given.dry_run else desk.expiring.expire(now)
    for own in done:
        line({"text": own}) if given.json else print(own)
    say(f"{len(done)} text(s) {'would expire' if given.dry_run else 'expired'}: their campaign is over.")
    return 0
