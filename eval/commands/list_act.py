"""copydesk eval list: the suites there are, and the runs that were made of them."""

from __future__ import annotations

import argparse
import json

from eval.cases.load import load_suite, suite_names
from eval.commands.common import rows_of


def options(parser: argparse.ArgumentParser) -> None:
    """What is listed."""
    parser.add_argument("what", nargs="?", choices=("suites", "runs"), default="suites")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """A line each."""
    if given.what == "suites":
        suites = [load_suite(name) for name in suite_names()]
        lines = [{"id": one.name, "task": one.task, "cases": len(one.cases), "hash": one.hash} for one in suites]
    else:
        lines = [
            {
                "id": run.id,
                "suite": run.suite,
                "subject": run.subject,
                "begun_at": run.begun_at,
                "ended_at": run.ended_at,
            }
            for run in rows_of().runs()
        ]
    for line in lines:
        print(json.dumps(line, ensure_ascii=False) if given.json else "  ".join(map(str, line.values())))
    return 0
