"""copydesk results: what came of what was sent, taken in and shown."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from assistant.commands.common import desk_of, line, say
from assistant.errors import InputError

ACTS = ("import", "show", "compare")


def options(parser: argparse.ArgumentParser) -> None:
    """What to do, and by what to show."""
    parser.add_argument("act", choices=ACTS, help="import a file, show the funnel, compare an experiment's arms")
    parser.add_argument("what", nargs="?", help="the file (.csv, .xlsx) or the experiment")
    parser.add_argument("--source", help="the name of the system that counted (the file's name)")
    parser.add_argument("--by", action="append", default=[], help="segment, age, channel, angle, arm …; repeatable")
    parser.add_argument("--criterion", help="clicks, conversions, retained, opt_outs (the package's own)")
    for name in ("campaign", "package", "segment", "age", "channel", "item", "experiment"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--login", default="desk", help="the login of who brings a file")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where an experiment's sample is not as it was planned."""
    desk = desk_of(given)
    results = desk.outgoing.results
    if given.act == "show":
        names = ("campaign", "package", "segment", "age", "channel", "item", "experiment")
        where = {name: getattr(given, name) for name in names if getattr(given, name)}
        shown = results.show(given.by, given.criterion, **where)
        line(shown) if given.json else _show(shown)
        return 0
    if given.what is None:
        wanted = "a file" if given.act == "import" else "an experiment"
        raise InputError(f"copydesk results {given.act} takes {wanted}.", "docs/export.md shows both.")
    if given.act == "compare":
        shown = results.compare(given.what, given.criterion)
        line(shown) if given.json else _compare(shown)
        return 0 if shown["trusted"] else 1
    from assistant.commands.export_command import person

    path = Path(given.what)
    told = results.read(path, given.source or path.name, person(given.login), dt.datetime.now(dt.UTC))
    line(told) if given.json else say(f"{told['new']} new, {told['changed']} changed, {told['known']} known.")
    return 0


def _show(shown: dict[str, Any]) -> None:
    for step in shown["funnel"]:
        share = f"{step['share']:.1%}" if step["share"] is not None else ""
        print(f"{step['step']:12} {_number(step['count'])} {share:>7}")
    for name, groups in shown["by"].items():
        print(f"\n{name}: {shown['criterion']}")
        for one in groups:
            _group(one)


def _group(one: dict[str, Any]) -> None:
    rate = f"{one['rate']:.2%}  [{one['low']:.2%}, {one['high']:.2%}]" if one["rate"] is not None else ""
    print(f"  {one['key']:16} {_number(one['count'])} of {_number(one['of'])}  {rate}")


def _number(count: int | None) -> str:
    return "  too few" if count is None else f"{count:9,}"


def _compare(shown: dict[str, Any]) -> None:
    for one in shown["arms"]:
        _group(one)
    ratio = shown["sample_ratio"]
    if ratio is None:
        print("There is nothing to compare yet.")
    elif not shown["trusted"]:
        print(f"The arms' sizes are not as planned (p = {ratio['p']:.2g}): no difference between them means anything.")
    for one in shown["differences"]:
        print(f"  {one['arm']} − {one['against']}: {one['value']:+.2%}  [{one['low']:+.2%}, {one['high']:+.2%}]")
