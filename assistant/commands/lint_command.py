"""copydesk lint: a text, or a case a line, against the catalogue and the law."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from assistant.commands.common import desk_of, line, read_text
from assistant.domain.finding import Checked
from assistant.errors import CopydeskError, InputError

MARKS = {"pass": "✓", "warn": "!", "block": "✗"}


def options(parser: argparse.ArgumentParser) -> None:
    """The text and what is known about it."""
    parser.add_argument("file", nargs="?", default="-", help="a text file, or - for standard input")
    parser.add_argument("--jsonl", metavar="CASES", help="a file with a case a line; a result a line comes out")
    for name in ("channel", "product", "campaign", "locale", "market", "jurisdiction", "risk"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--age", type=int)
    parser.add_argument("--send-at", help="2026-12-24 or 2026-12-24T10:00")
    parser.add_argument("--purpose", choices=("sales", "care"))
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where something blocks."""
    desk = desk_of(given)
    engine = desk.engine
    blocked = False
    for raw, place in _cases(given):
        result = _checked(engine, raw, place)
        blocked |= result.verdict == "block"
        if given.jsonl or given.json:
            line(result.model_dump(mode="json"))
        else:
            _show(result)
    return 1 if blocked else 0


def _cases(given: argparse.Namespace) -> Iterator[tuple[Any, str]]:
    if given.jsonl:
        for number, row in enumerate(read_text(given.jsonl).split("\n"), 1):
            if row.strip():
                try:
                    yield json.loads(row), f"{given.jsonl}:{number}"
                except ValueError as error:
                    raise InputError(
                        f"{given.jsonl}:{number}: this is not JSON ({error}).", "Write an object a line."
                    ) from None
        return
    case: dict[str, Any] = {"id": given.file, "text": read_text(given.file).rstrip("\n")}
    for name in ("channel", "product", "campaign", "locale", "market", "jurisdiction", "risk", "age", "purpose"):
        if getattr(given, name) is not None:
            case[name] = getattr(given, name)
    if given.send_at:
        case["send_at"] = _moment(given.send_at)
    yield case, given.file


def _moment(words: str) -> dt.date | dt.datetime:
    try:
        return dt.date.fromisoformat(words) if len(words) == 10 else dt.datetime.fromisoformat(words)
    except ValueError:
        raise InputError(f"--send-at {words} is no day or hour.", "Write 2026-12-24 or 2026-12-24T10:00.") from None


def _checked(engine: Any, raw: Any, place: str) -> Checked:
    from assistant.checks.case import read_case

    try:
        result: Checked = engine.run(read_case(raw, place))
        return result
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
    for claim in result.claims:
        print(f"  {claim.status:12} {claim.kind:9} “{claim.text}” {claim.fact or ''}")
    for missing in result.not_checked:
        print(f"  not checked  {missing.rule}: give {', '.join(missing.needs)}")
    if result.sms_segments:
        print(f"  {result.sms_segments} SMS segment(s)")
