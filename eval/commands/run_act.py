"""copydesk eval run: answer and score the cases of suites; what was stopped goes on where it stopped."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.errors import InputError
from eval.cases.load import load_suite, suite_names
from eval.commands.common import before_of, room_of, rows_of, run_suite, subject_options
from eval.running.side import side_of
from eval.running.summary import Line, summary
from eval.running.tellable import sentence, tellable
from eval.statistics.intervals import Estimate


def options(parser: argparse.ArgumentParser) -> None:
    """Which suites, over whom."""
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="a name, or a .yaml or .jsonl file")
    parser.add_argument("--all", action="store_true", help="every suite")
    parser.add_argument("--json", action="store_true")
    subject_options(parser)


def run(given: argparse.Namespace) -> int:
    """Exit 1 where a case could not be answered or scored."""
    names = suite_names() if given.all else given.suites
    if not names:
        raise InputError("No suite is named.", f"Name one of {', '.join(suite_names())}, a file, or --all.")
    room, rows, faults = room_of(given), rows_of(), 0
    suites = [load_suite(name, desk_of=lambda: room.desk) for name in names]
    for suite in suites:
        print(sentence(suite.name, tellable(suite, before_of(rows, suite.name))), file=sys.stderr)
        made = run_suite(rows, suite, room, given)
        side = side_of(rows, made)
        faults += len(side.faults)
        if given.json:
            for line in summary(side):
                told = {"suite": suite.name, "run": made.id, **line.told()}
                print(json.dumps(told, ensure_ascii=False), flush=True)
            continue
        print(f"{suite.name}: {len(side.clusters)} cases, run {made.id}")
        for line in summary(side):
            print(f"  {line.metric:34} {_shown(line)}")
        for case, why in sorted(side.faults.items())[:5]:
            print(f"  ✗ {case}: {why}")
    return 1 if faults else 0


def _shown(line: Line) -> str:
    if not isinstance(line.estimate, Estimate):
        return f"— {line.estimate.why}"
    span, without = line.span(), f", {line.without} without" if line.without else ""
    return f"{span.value:.4f}  {span.low:.4f} to {span.high:.4f}  ({line.cases} cases{without})"
