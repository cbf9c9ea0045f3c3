"""copydesk lint: a text, a case a line or a column of a table, against the catalogue and the law."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from assistant.commands.common import desk_of, line
from assistant.domain.finding import Checked
from assistant.errors import CopydeskError, InputError

if TYPE_CHECKING:
    from assistant.checks.case import LintCase
    from assistant.checks.engine import CheckEngine

MARKS = {"pass": "✓", "warn": "!", "block": "✗"}


def options(parser: argparse.ArgumentParser) -> None:
    """The texts, what is known about them, and how to tell the result."""
    parser.add_argument("file", nargs="?", default="-", help="a text, a table (.csv, .xlsx), or - for standard input")
    parser.add_argument("--jsonl", metavar="CASES", help="a file with a case a line; a result a line comes out")
    parser.add_argument("--column", help="the table's column that holds the copy")
    for name in ("channel", "product", "campaign", "locale", "market", "jurisdiction", "risk"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--age", type=int)
    parser.add_argument("--send-at", help="2026-12-24 or 2026-12-24T10:00")
    parser.add_argument("--purpose", choices=("sales", "care"))
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--json", action="store_true")
    told.add_argument("--sarif", action="store_true", help="one SARIF 2.1.0 document")
    told.add_argument("--explain", action="store_true", help="every rule, and why the text passes it")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where something blocks."""
    from assistant.commands.lint_cases import cases
    from assistant.packs.sheets.headings import load_headings

    desk = desk_of(given)
    engine, kept, blocked = desk.engine, list[tuple[Checked, str, str]](), False
    headings = load_headings(desk.folder / "headings.yaml").copies
    for raw, place in cases(given, headings):
        case, result = _checked(engine, raw, place)
        blocked |= result.verdict == "block"
        if given.sarif:
            kept.append((result, case.text, place))
        elif given.jsonl or given.json:
            line(result.model_dump(mode="json"))
        else:
            _show(result)
            if given.explain:
                _explain(engine, case)
    if given.sarif:
        from importlib.metadata import version

        from assistant.commands.sarif import sarif

        print(json.dumps(sarif(desk.pack, kept, version("copydesk")), ensure_ascii=False, indent=1))
    return 1 if blocked else 0


def _checked(engine: CheckEngine, raw: Any, place: str) -> tuple[LintCase, Checked]:
    from assistant.checks.case import read_case
    from assistant.checks.mending import linted

    try:
        case = read_case(raw, place)
        return case, linted(engine, case)
    except CopydeskError as error:
        if place in error.what:
            raise
        raise InputError(f"{place}: {error.what}", error.mend) from error


def _show(result: Checked) -> None:
    print(f"{MARKS[result.verdict]} {result.id}: {result.verdict}")
    for finding in result.findings:
        print(
            f"  {finding.severity:5} {finding.rule:12} {finding.start}–{finding.end} “{finding.text}” {finding.message}"
        )
        print(f"        {finding.reference}")
        if finding.mend:
            print(f"        → {finding.mend.start}–{finding.mend.end}: “{finding.mend.text.strip()}”")
    for claim in result.claims:
        print(f"  {claim.status:12} {claim.kind:9} “{claim.text}” {claim.fact or ''}")
    for missing in result.not_checked:
        print(f"  not checked  {missing.rule}: give {', '.join(missing.needs)}")
    if result.sms_segments:
        print(f"  {result.sms_segments} SMS segment(s)")


def _explain(engine: CheckEngine, case: LintCase) -> None:
    for one in engine.explain(case):
        print(f"  {one.outcome:12} {one.rule:16} {one.kind:14} {one.why}")
