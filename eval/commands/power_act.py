"""copydesk eval power: what suites can show at all, before they are run."""

from __future__ import annotations

import argparse
import json

from assistant.errors import InputError
from eval.cases.load import load_suite, suite_names
from eval.commands.common import before_of, room_of, rows_of, subject_options
from eval.running.tellable import DIFFER, metrics, sentence, tellable
from eval.statistics.undefined import Undefined


def options(parser: argparse.ArgumentParser) -> None:
    """Which suites, and how many cases are thought to change."""
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="a name, or a file; every suite unless named")
    parser.add_argument("--differ", type=float, metavar="SHARE", help="the share of cases that answer otherwise")
    parser.add_argument("--json", action="store_true")
    subject_options(parser)


def run(given: argparse.Namespace) -> int:
    """Exit 0."""
    differ = DIFFER if given.differ is None else (given.differ,)
    if not all(0 < one <= 1 for one in differ):
        raise InputError(f"--differ is {given.differ}.", "Write a share above 0, at most 1, such as 0.05.")
    rows, room = rows_of(), room_of(given)
    for name in given.suites or suite_names():
        suite = load_suite(name, desk_of=lambda: room.desk)
        before = before_of(rows, suite.name)
        can = tellable(suite, before)
        if given.json:
            least = {str(one): _json(can.share(one)) for one in differ}
            told = {"suite": suite.name, "cases": sum(can.sizes), "clusters": len(can.sizes), "likeness": can.likeness}
            print(json.dumps({**told, "seen": can.seen, "least": least}, ensure_ascii=False))
            continue
        print(sentence(suite.name, can, differ))
        for one in metrics(before) if before else ():
            shown = one.least.why if isinstance(one.least, Undefined) else f"{one.least:.4f}"
            print(f"  {one.name:34} {shown}  (two runs apart; spread {one.spread:.4f}, {one.likeness:.2f} alike)")
    return 0


def _json(least: float | Undefined) -> float | None:
    return None if isinstance(least, Undefined) else round(least, 6)
