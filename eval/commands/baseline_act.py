"""copydesk eval baseline: keep a finished run as what later ones are held against."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.errors import FileError
from eval.commands.common import BASELINES, rows_of, side_named


def options(parser: argparse.ArgumentParser) -> None:
    """Which run, and where to."""
    parser.add_argument("run", help="a run's id, or a suite (its newest run)")
    parser.add_argument("--out", metavar="FILE", help="where to (eval/baselines/SUITE.json)")


def run(given: argparse.Namespace) -> int:
    """Write the file."""
    side = side_named(rows_of(), given.run)
    file = Path(given.out) if given.out else BASELINES / f"{side.suite}.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(side.kept(), encoding="utf-8")
    except OSError as error:
        raise FileError(f"{file} cannot be written ({error.strerror}).", "Name another with --out.") from error
    print(f"{file}: {len(side.clusters)} cases, {len(side.values)} metrics")
    return 0
