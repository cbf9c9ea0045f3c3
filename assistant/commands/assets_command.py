"""copydesk assets: what was approved, found with how it did, and reused for another cell."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from assistant.commands.common import desk_of, line, say
from assistant.errors import InputError


def options(parser: argparse.ArgumentParser) -> None:
    """What to look for, or which text to reuse for which cell."""
    parser.add_argument("act", choices=("search", "reuse"))
    parser.add_argument("what", nargs="+", help="words to look for, or a text's id")
    for name in ("campaign", "segment", "age", "channel", "locale", "market"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--send-on", type=dt.date.fromisoformat, help="the day of sending: 2026-12-24 (today)")
    parser.add_argument("-k", type=int, default=8, help="how many (8)")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where the new draft is blocked."""
    desk = desk_of(given)
    if given.act == "search":
        names = ("campaign", "segment", "locale", "market")
        wanted = {name: getattr(given, name) for name in names if getattr(given, name)}
        for found in desk.outgoing.library.search(" ".join(given.what), given.k, given.channel, **wanted):
            line(found.line()) if given.json else _show(found.line())
        desk.outgoing.library.close()
        return 0
    if len(given.what) != 1:
        raise InputError("copydesk assets reuse takes one id.", "copydesk assets search finds texts.")
    return _reused(desk, given)


def _reused(desk: Any, given: argparse.Namespace) -> int:
    from assistant.domain.brief import brief_for

    own, day = given.what[0], given.send_on or dt.date.today()
    (found,) = desk.outgoing.library.texts_of([own])
    there = found.item.cell
    chosen = {name: getattr(given, name) or getattr(there, name) for name in ("segment", "age", "channel", "locale")}
    brief = brief_for(
        desk.pack,
        campaign=given.campaign or there.campaign,
        market=given.market or (there.market if not given.locale else None),
        send_on=day,
        **{f"{name}s": (value,) for name, value in chosen.items()},
    )
    (cell,) = brief.cells(desk.pack)
    run, written = desk.outgoing.reuse.draft(own, cell, day)
    (variant,) = written.variants
    if given.json:
        line({"run": run, **written.line()})
    else:
        print(f"{variant.id}  {cell.key}  {variant.verdict}\n\n{variant.text}")
        for finding in variant.findings:
            print(f"    {finding.severity} {finding.rule}: {finding.message}")
        say("It is a draft: somebody must submit it, and somebody else approve it.")
    return 1 if variant.verdict == "block" else 0


def _show(told: dict[str, Any]) -> None:
    how = told["how"]
    rate = f"{how['criterion']} {how['rate']:.1%}" if how and how["rate"] is not None else "no results"
    stand = "recalled" if told["recalled"] else told["state"]
    print(f"{told['score']:7.3f}  {told['id']}  {stand:9} {told['campaign']}/{told['segment']}/{told['age']}  {rate}")
    print(f"         {told['text'][:100]}".replace("\n", " "))
