"""copydesk eval report: a run as one HTML file, with plots and the worst cases first."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.errors import FileError, InputError
from eval.cases.case import Suite
from eval.cases.load import load_suite, suite_names
from eval.commands.common import rows_of, side_named
from eval.comparing.compare import compared
from eval.report.page import page
from eval.report.worst import worst
from eval.running.summary import summary


def options(parser: argparse.ArgumentParser) -> None:
    """Which run, against which, and where to."""
    parser.add_argument("run", help="a run's id, or a suite (its newest run)")
    parser.add_argument("--against", metavar="SIDE", help="a run's id, or a baseline's .json")
    parser.add_argument("--worst", type=int, default=30, metavar="N", help="how many cases are shown (30)")
    parser.add_argument("--out", metavar="FILE", help="where to (out/eval-RUN.html)")


def run(given: argparse.Namespace) -> int:
    """Write the file."""
    if given.run.endswith(".json"):
        raise InputError("A baseline keeps figures alone.", "Name a run, and the baseline with --against.")
    rows = rows_of()
    side = side_named(rows, given.run)
    against = compared(side_named(rows, given.against), side) if given.against else None
    seen = worst(rows, side.name, _suite(side.suite), given.worst)
    file = Path(given.out) if given.out else Path("out") / f"eval-{side.name}.html"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(side, summary(side), seen, against), encoding="utf-8")
    except OSError as error:
        raise FileError(f"{file} cannot be written ({error.strerror}).", "Name another with --out.") from error
    print(file)
    return 0


def _suite(name: str) -> Suite | None:
    """The suite, for what its cases were given; one that was read from a file of its own is not known by name."""
    return load_suite(name) if name in suite_names() else None
