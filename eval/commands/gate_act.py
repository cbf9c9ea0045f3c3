"""copydesk eval gate: run suites, hold them against baselines; 0 passed, 1 regressed, 3 not enough evidence."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.errors import FileError, InputError
from eval.cases.load import load_suite
from eval.commands.common import BASELINES, room_of, rows_of, run_suite, subject_options
from eval.commands.compare_act import apart
from eval.comparing.compare import compared
from eval.comparing.gate import EXIT, Gated, gated
from eval.comparing.junit import junit
from eval.running.side import read_baseline, side_of
from eval.running.tellable import sentence, tellable


def options(parser: argparse.ArgumentParser) -> None:
    """Which suites, and against what."""
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="every suite that has a baseline, unless named")
    parser.add_argument("--baseline", metavar="FILE", help="for one suite (eval/baselines/SUITE.json)")
    parser.add_argument("--junit", metavar="FOLDER", help="write a JUnit file a suite there")
    parser.add_argument("--json", action="store_true")
    subject_options(parser)


def run(given: argparse.Namespace) -> int:
    """The worst of the suites' verdicts."""
    names = given.suites or sorted(file.stem for file in BASELINES.glob("*.json"))
    if given.baseline and len(names) != 1:
        raise InputError("--baseline is for one suite.", "Name the suite.")
    if not names:
        raise InputError(f"There is no baseline in {BASELINES}.", "Make one: copydesk eval baseline SUITE.")
    room, rows, codes = room_of(given), rows_of(), list[int]()
    suites = [load_suite(name, desk_of=lambda: room.desk) for name in names]
    pairs = [(suite, Path(given.baseline) if given.baseline else None) for suite in suites]
    sides = [read_baseline(file or BASELINES / f"{suite.name}.json") for suite, file in pairs]
    for (suite, _), kept in zip(pairs, sides, strict=True):
        if kept.suite != suite.name:
            raise InputError(f"The baseline is of the suite “{kept.suite}”, not of “{suite.name}”.", "Name its own.")
        print(sentence(suite.name, tellable(suite, kept)), file=sys.stderr)
        found = compared(kept, side_of(rows, run_suite(rows, suite, room, given)))
        said = gated(found, suite.margins)
        codes.append(EXIT[said.verdict])
        _tell(suite.name, said, apart(found), given)
    return 1 if 1 in codes else max(codes)


def _tell(suite: str, said: Gated, others: list[str], given: argparse.Namespace) -> None:
    if given.junit:
        file = Path(given.junit) / f"{suite}.xml"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(junit(suite, said), encoding="utf-8")
        except OSError as error:
            raise FileError(f"{file} cannot be written ({error.strerror}).", "Name another folder.") from error
    if given.json:
        for one in said.rulings:
            told = {"suite": suite, "metric": one.metric, "verdict": one.verdict, "why": one.why}
            print(json.dumps(told, ensure_ascii=False))
        return
    print(f"{suite}: {said.verdict}")
    for one in said.rulings:
        if one.verdict != "passed" or len(said.rulings) < 12:
            print(f"  {one.verdict:20} {one.metric or 'the run'}: {one.why}")
    print(*others, sep="\n", end="\n" if others else "")
