"""copydesk outcome: what came of an action; obeyed at once."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import get_args

from assistant.commands.common import desk_of, line
from assistant.playbook.actions import Outcome


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("action", help="an action's id")
    parser.add_argument("outcome", choices=get_args(Outcome))
    parser.add_argument("--note", default="", help="what the customer said, in the manager's words")
    parser.add_argument("--by", default="", help="who called")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(given: argparse.Namespace) -> int:
    """Keep it."""
    own = desk_of(given)
    action = own.actions.record(given.action, given.outcome, given.note, given.by, dt.datetime.now(dt.UTC))
    told = {"action_id": action.action_id, "customer_id": action.customer_id, "outcome": given.outcome}
    if given.json:
        line(told)
    else:
        print(f"{action.customer_id}, {action.trigger}: {given.outcome}")
    return 0
