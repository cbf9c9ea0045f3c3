"""copydesk script: what a manager says to a customer for whom a trigger fired."""

from __future__ import annotations

import argparse

from assistant.commands.common import desk_of, line, writer_option
from assistant.commands.scan_command import moment, place_of
from assistant.writing.scripts.shown import show


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--data", help="a folder with customers, holdings, events (CSV, Parquet), or a DuckDB file")
    parser.add_argument("--customer", required=True, help="a customer's id")
    parser.add_argument("--trigger", required=True, help="a trigger that fired for the customer")
    parser.add_argument("--as-of", help="the moment, such as 2026-11-10T10:30 (now)")
    parser.add_argument("--locale", help="the language, where it is not the customer's own")
    writer_option(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(given: argparse.Namespace) -> int:
    """Write the script and show it. 1 where it is blocked or sales are silent."""
    own = desk_of(given)
    now = moment(given.as_of, own.pack.institution.timezone)
    script = own.scripts.of(place_of(given, own), given.customer, given.trigger, now, given.locale)
    if given.json:
        line(script.line())
    else:
        show(script)
    return int(script.verdict == "block")
