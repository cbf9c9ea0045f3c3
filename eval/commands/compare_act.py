"""copydesk eval compare: two runs, or a run and a baseline, beside each other."""

from __future__ import annotations

import argparse
import json

from eval.commands.common import rows_of, side_named
from eval.comparing.compare import Change, Comparison, compared
from eval.statistics.undefined import Undefined


def options(parser: argparse.ArgumentParser) -> None:
    """The two sides."""
    for name in ("first", "second"):
        parser.add_argument(name, help="a run's id, a suite (its newest run), or a baseline's .json")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 0: a difference is no failure here; the gate says what one means."""
    rows = rows_of()
    found = compared(side_named(rows, given.first), side_named(rows, given.second))
    if given.json:
        for change in found.changes:
            print(json.dumps(change.told(), ensure_ascii=False))
        return 0
    print(f"{found.first.name} → {found.second.name}")
    for change in found.changes:
        print(_shown(change))
    for line in apart(found):
        print(line)
    return 0


def _shown(change: Change) -> str:
    if isinstance(change.paired, Undefined):
        return f"  {change.metric:34} — {change.paired.why}"
    span = change.paired.estimate.interval()
    head = f"  {change.metric:34} {change.first:.4f} → {change.second:.4f}"
    told = f"{head}  {span.value:+.4f} ({span.low:+.4f} to {span.high:+.4f}), p {change.p:.3g}"
    if change.moved:
        told += "\n" + "\n".join(f"      {case} {by:+.3f}" for case, by in change.moved[:3])
    return told


def apart(found: Comparison) -> list[str]:
    """What could not be compared, in words."""
    parts = (
        (found.only_first, "only in the first"),
        (found.only_second, "only in the second"),
        (found.rewritten, "with other content"),
    )
    told = [f"  {len(cases)} cases {words}: {', '.join(cases[:3])}" for cases, words in parts if cases]
    return told + [f"  The scorer {name} has another version: left out." for name in found.other_scorers]
