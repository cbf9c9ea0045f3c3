"""Findings as SARIF 2.1.0, which code-review and pipeline tools show beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.domain.finding import Checked, Finding
from assistant.domain.pack import Pack

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"block": "error", "warn": "warning"}


def sarif(pack: Pack, results: Sequence[tuple[Checked, str, str]], version: str) -> dict[str, Any]:
    """One run with a result a finding. `results`: what was found, the text, and the name of its file or place."""
    used = dict.fromkeys(finding.rule for checked, _, _ in results for finding in checked.findings)
    rules = [
        {
            "id": own,
            "shortDescription": {"text": pack.rules[own].message["en"]},
            "help": {"text": pack.rules[own].reference},
            "defaultConfiguration": {"level": _LEVELS[pack.rules[own].severity]},
        }
        for own in used
    ]
    found = [_result(finding, text, place) for checked, text, place in results for finding in checked.findings]
    driver = {"name": "copydesk", "version": version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, text: str, place: str) -> dict[str, Any]:
    location = {
        "physicalLocation": {
            "artifactLocation": {"uri": place},
            "region": _region(text, finding.start, finding.end),
        }
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.reference}"},
        "locations": [location],
    }
    if finding.mend:
        change = {
            "deletedRegion": _region(text, finding.mend.start, finding.mend.end),
            "insertedContent": {"text": finding.mend.text},
        }
        fix = {"artifactChanges": [{"artifactLocation": {"uri": place}, "replacements": [change]}]}
        result["fixes"] = [fix]
    return result


def _region(text: str, start: int, end: int) -> dict[str, int]:
    """Lines and columns count from 1; the end column is the one after the last character."""
    return {
        "startLine": text.count("\n", 0, start) + 1,
        "startColumn": start - (text.rfind("\n", 0, start) + 1) + 1,
        "endLine": text.count("\n", 0, end) + 1,
        "endColumn": end - (text.rfind("\n", 0, end) + 1) + 1,
        "charOffset": start,
        "charLength": end - start,
    }
