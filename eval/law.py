"""How the checks do on lawful and unlawful texts by people who saw only the law and the catalogue.

    python -m eval.law [--misses] [--unseen]

`--unseen`: a second set, written later, that the words of the rules were not widened to.

An unlawful text counts as found where a finding blocks, a lawful one as a false alarm where a finding blocks.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass

from assistant.bootstrap.desk import Desk
from assistant.domain.finding import Checked
from assistant.settings import read_settings
from eval.cases.case import Case
from eval.cases.load import load_suite
from eval.entry import ended
from eval.tasks.checking import case_of

SUITE, UNSEEN = "law", "law_unseen"


@dataclass(frozen=True)
class Judged:
    """A case of the suite and what the checks said."""

    case: Case
    checked: Checked

    @property
    def lawful(self) -> bool:
        """What the case says of itself."""
        return bool(self.case.expected["lawful"])

    @property
    def right(self) -> bool:
        """Whether the checks and the case agree."""
        return (self.checked.verdict != "block") == self.lawful


def judge(desk: Desk, suite: str = SUITE) -> list[Judged]:
    """Every case of the suite, checked."""
    return [Judged(case, desk.engine.run(case_of(case))) for case in load_suite(suite).cases]


def table(judged: list[Judged]) -> str:
    """Shares found and false alarms by locale, as Markdown."""
    rows = ["| locale | unlawful | found | lawful | false alarms |", "|---|---|---|---|---|"]
    by_locale: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for one in judged:
        for locale in (one.case.given["locale"], "all"):
            by_locale[locale][one.lawful, one.right] += 1
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
            told = one.case.expected
            print(f"{one.case.id} {told.get('rules', '')} {told['why']}\n    {one.case.given['text']!r}\n    {said}")
    return 0


if __name__ == "__main__":
    ended(main)
