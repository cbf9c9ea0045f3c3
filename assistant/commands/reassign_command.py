"""copydesk reassign: the open calls of the absent go to those who are there."""

from __future__ import annotations

import argparse

from assistant.commands.common import desk_of, line


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("absent", nargs="+", help="managers who are not there")
    parser.add_argument("--to", nargs="+", default=[], help="who takes their calls (all others with open calls)")
    parser.add_argument("--dry-run", action="store_true", help="show who would get what; change nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(given: argparse.Namespace) -> int:
    """Share the calls out and tell each."""
    from assistant.playbook.absence import reassign

    own = desk_of(given)
    handed = reassign(own.actions, given.absent, given.to, given.dry_run)
    for one in handed:
        told = one.line(own.pack.institution.timezone)
        if given.json:
            line(told)
        else:
            print(
                f"{told['customer_id']:10} {told['trigger']:14} due {told['due_at'][5:16]}  {one.was} → {one.manager}"
            )
    if not given.json:
        print(f"{len(handed)} calls {'would change' if given.dry_run else 'changed'} hands.")
    return 0
