"""copydesk recall: which kept texts a change of the knowledge touches."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt

from assistant.commands.common import desk_of, line, say


def options(parser: argparse.ArgumentParser) -> None:
    """Since when, and whether to freeze."""
    parser.add_argument("--since", metavar="VERSION", help="only texts written on this version of the knowledge")
    parser.add_argument("--dry-run", action="store_true", help="list only; freeze nothing")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List every touched text with its reasons; freeze them. Exit 1 where there is one."""
    desk = desk_of(given)
    touched = desk.recall(given.since)
    for one in touched:
        why = [dataclasses.asdict(reason) for reason in one.why]
        if given.json:
            line({"draft": one.asset.id, "cell": one.asset.case.id, "why": why, "mend": one.mend})
            continue
        print(f"{one.asset.id}  {one.asset.case.id}  {_MENDS[one.mend]}")
        for reason in one.why:
            print(f"    {reason.kind} {reason.what}: {reason.old or '–'} → {reason.new or '–'}")
    stopped = desk.outgoing.exports.touched([one.asset.id for one in touched])
    for own, texts in stopped.items():
        if given.json:
            line({"export": own, "texts": texts})
        else:
            print(f"{own}  a scheduled export: {', '.join(texts)}")
    if not given.dry_run:
        desk.freeze(touched)
        desk.outgoing.exports.told_frozen(stopped, dt.datetime.now(dt.UTC))
    say(f"{len(touched)} text(s) touched{'' if given.dry_run or not touched else ', frozen until dealt with'}.")
    return 1 if touched else 0


_MENDS = {"render": "new values are enough", "write": "needs words"}
