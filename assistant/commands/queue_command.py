"""copydesk queue: a short, plain list of the customers to call, in order."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line, say
from assistant.commands.scan_command import moment

if TYPE_CHECKING:
    from assistant.domain.pack import Pack
    from assistant.playbook.queue import Queued


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--manager", help="one manager's calls (all)")
    parser.add_argument("--overdue", action="store_true", help="only what is overdue: the lead's list")
    parser.add_argument("--all", action="store_true", help="also what no longer fits into today")
    parser.add_argument("--as-of", help="the moment, such as 2026-11-10T10:30 (now)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(given: argparse.Namespace) -> int:
    """Print the queue: overdue calls and those that can be made in time first."""
    from assistant.playbook.database import local
    from assistant.playbook.queue import overdue, queues

    own = desk_of(given)
    calendar, zone = own.pack.calendar, own.pack.institution.timezone
    assert calendar is not None
    found = own.actions.store.queue([given.manager] if given.manager else None, "relationship_manager")
    queued = queues(found, local(moment(given.as_of, zone), zone), calendar)
    shown = [one for one in queued if one.state == "overdue"] if given.overdue else queued
    if given.json:
        for one in shown:
            told = one.action.line(False, zone)
            line({**told, "manager": one.action.manager, "state": one.state, "call_at": one.at and one.at.isoformat()})
        return 0
    for row in _plain(own.pack, shown, given.all or given.overdue):
        print(row)
    late = overdue(queued)
    if late and not given.manager:
        say("Overdue: " + ", ".join(f"{name or 'nobody'} {count}" for name, count in sorted(late.items())) + ".")
    return 0


def _plain(pack: Pack, queued: Sequence[Queued], whole: bool) -> Iterable[str]:
    """A heading a manager, a line a customer: when to call, until when, whom, why, with what."""
    for manager in dict.fromkeys(one.action.manager for one in queued):
        theirs = [one for one in queued if one.action.manager == manager]
        today = [one for one in theirs if whole or one.at is not None]
        yield f"{manager or 'nobody'}: {len(today)} to call"
        yield from (_row(pack, one) for one in today)
        if len(theirs) > len(today):
            yield f"  {len(theirs) - len(today)} more on another day (--all shows them)"


def _row(pack: Pack, one: Queued) -> str:
    locale, product = pack.locales[0], pack.products.get(one.action.product or "")
    why = pack.trigger(one.action.trigger).name[locale]
    what = f" · {product.name[locale]}" if product else ""
    when = f"{one.at:%H:%M}" if one.at else "  -  "
    state = "" if one.state in ("on_time", "tomorrow") else one.state
    return f"  {when}  due {one.action.due_at:%m-%d %H:%M}  {state:8} {one.action.customer_id:10} {why}{what}"
