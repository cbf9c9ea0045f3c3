"""copydesk why: the whole story of one customer's next actions."""

from __future__ import annotations

import argparse

from assistant.commands.common import desk_of, line
from assistant.errors import InputError


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("customer", help="a customer's id")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(given: argparse.Namespace) -> int:
    """Tell what fired, what was chosen, what was suppressed and by whom, and what came of it."""
    own = desk_of(given)
    story = own.actions.story(given.customer)
    if not story["actions"]:
        raise InputError(f"No action is kept for {given.customer}.", "Run copydesk scan over data that holds them.")
    if given.json:
        line(story)
        return 0
    for told in story["actions"]:
        held = told["suppressed"]
        state = f"{told['state']}, due {told['due_at'][:16]}, score {told['score']}"
        print(f"{told['fired_at'][:16]}  {told['trigger']}  {state}")
        for reason in told["reasons"]:
            print(f"    {reason}")
        if held:
            print(f"    held back by {held['by']}: {held['why']}")
    for row in story["outcomes"]:
        came = f"{row['trigger']}: {row['outcome']} ({row['by']}) {row['note']}"
        print(f"{row['at']:%Y-%m-%dT%H:%M}  outcome of {came}".rstrip())
    return 0
