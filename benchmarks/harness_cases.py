"""The cases of the benchmark of the eval harness, in promptfoo's form."""

from __future__ import annotations

import json
from pathlib import Path

SCHEMA = {"type": "object", "required": ["n", "text"], "properties": {"n": {"type": "integer"}}}


def write(file: Path, count: int) -> Path:
    """A file of so many cases; each eleventh fails one check."""
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            words = "a deposit for two years " * 5 + ("guaranteed" if number % 11 == 0 else "posted on the day")
            text = json.dumps({"n": number, "text": words})
            checks = [
                {"type": "contains", "value": "deposit"},
                {"type": "not-contains", "value": "guaranteed"},
                {"type": "regex", "value": r"two \w+"},
                {"type": "max-length", "value": 400},
                {"type": "is-json", "value": SCHEMA},
            ]
            case = {"vars": {"text": text}, "assert": checks}
            case["metadata"] = {"id": f"k{number}", "cluster": f"c{number % 50}"}
            out.write(json.dumps(case) + "\n")
    return file
