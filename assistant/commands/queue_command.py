"""copydesk queue: a short, plain list of the calls to make, in order."""

from __future__ import annotations

import argparse

from assistant.commands.common import desk_of, line
from assistant.commands.scan_command import moment


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--manager", help="one manager's calls (all)")
    parser.add_argument("--as-of", help="the moment, such as 2026-11-10T10:30 (now)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(given: argparse.Namespace) -> int:
    """Print the queue: overdue calls and those that can be made in time first."""
    from assistant.playbook.database import local
    from assistant.playbook.queue import queues

    own = desk_of(given)
    calendar, zone = own.pack.calendar, own.pack.institution.timezone
    assert calendar is not None
    found = own.actions.store.queue([given.manager] if given.manager else None, "relationship_manager")
    for one in queues(found, local(moment(given.as_of, zone), zone), calendar):
        told = one.action.line(False, zone)
        if given.json:
            line({**told, "manager": one.action.manager, "state": one.state, "call_at": one.at and one.at.isoformat()})
        else:
            when = f"{one.at:%H:%M}" if one.at else "  -  "
            what = f"{one.action.customer_id:10} {one.action.trigger:14} {one.action.product or '':8}"
            print(f"{one.action.manager or '':9} {when}  due {told['due_at'][5:16]}  {one.state:8} {what}")
    return 0
