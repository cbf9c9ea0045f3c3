"""copydesk outcome: what came of an action; obeyed at once."""

from __future__ import annotations

import argparse
from typing import get_args

from assistant.commands.common import desk_of, line
from assistant.commands.scan_command import moment
from assistant.playbook.actions import Outcome
from assistant.writing.scripts.shown import show_after


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("action", help="an action's id")
    parser.add_argument("outcome", choices=get_args(Outcome))
    parser.add_argument("--note", default="", help="what the customer said, in the manager's words")
    parser.add_argument("--by", default="", help="who called")
    parser.add_argument("--data", help="where the customer's row is, for the message after the call (COPYDESK_DATA)")
    parser.add_argument("--as-of", help="when it was, such as 2026-11-10T10:45 (now)")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(given: argparse.Namespace) -> int:
    """Keep it, and show the message after the call. 1 where the checks block that message."""
    own = desk_of(given)
    at = moment(given.as_of, own.pack.institution.timezone)
    action = own.actions.record(given.action, given.outcome, given.note, given.by, at)
    after = own.follow_ups.of_action(own.actions, given.action, given.outcome, at, given.data or own.settings.data)
    told = {"action_id": action.action_id, "customer_id": action.customer_id, "outcome": given.outcome}
    if given.json:
        line({**told, "message": after.line(), "why": after.why})
    else:
        print(f"{action.customer_id}, {action.trigger}: {given.outcome}")
        show_after(after)
    return int(after.verdict == "block")
