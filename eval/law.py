"""How the checks do on lawful and unlawful texts by people who saw only the law and the catalogue.

    python -m eval.law [--misses] [--unseen]

`--unseen`: a second set, written later, that the words of the rules were not widened to.

An unlawful text counts as found where a finding blocks, a lawful one as a false alarm where a finding blocks.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.checks.case import LintCase
from assistant.domain.finding import Checked
from assistant.settings import read_settings
from eval.entry import ended

SUITE = Path(__file__).with_name("suites") / "law"
UNSEEN = SUITE.with_name("law_unseen")
_NOTES = ("lawful", "why", "rules")


@dataclass(frozen=True)
class Judged:
    """A case of the suite and what the checks said."""

    raw: dict[str, Any]
    checked: Checked

    @property
    def right(self) -> bool:
        """Whether the checks and the case agree."""
        return (self.checked.verdict != "block") == bool(self.raw["lawful"])


def judge(desk: Desk, suite: Path = SUITE) -> list[Judged]:
    """Every case of the suite, checked."""
    found = []
    for file in sorted(suite.glob("*.jsonl")):
        for row in file.read_text(encoding="utf-8").splitlines():
            raw = json.loads(row)
            case = LintCase.model_validate({key: value for key, value in raw.items() if key not in _NOTES})
            found.append(Judged(raw, desk.engine.run(case)))
    return found


def table(judged: list[Judged]) -> str:
    """Shares found and false alarms by locale, as Markdown."""
    rows = ["| locale | unlawful | found | lawful | false alarms |", "|---|---|---|---|---|"]
    by_locale: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for one in judged:
        for locale in (one.raw["locale"], "all"):
            by_locale[locale][one.raw["lawful"], one.right] += 1
    for locale, count in sorted(by_locale.items(), key=lambda pair: pair[0] == "all"):
        bad, good = count[False, True] + count[False, False], count[True, True] + count[True, False]
        rows.append(
            f"| {locale} | {bad} | {count[False, True] / max(bad, 1):.1%} "
            f"| {good} | {count[True, False] / max(good, 1):.1%} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Print the shares and, where wished, every disagreement."""
    parser = argparse.ArgumentParser(description="The checks on texts by strangers.")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    given = parser.parse_args()
    judged = judge(Desk(read_settings()), UNSEEN if given.unseen else SUITE)
    print(table(judged))
    for one in judged if given.misses else ():
        if not one.right:
            said = [f"{f.rule} “{f.text}”" for f in one.checked.findings if f.severity == "block"]
            print(f"{one.raw['id']} {one.raw.get('rules', '')} {one.raw['why']}\n    {one.raw['text']!r}\n    {said}")
    return 0


if __name__ == "__main__":
    ended(main)
