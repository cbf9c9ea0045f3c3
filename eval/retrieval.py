"""How well the search answers the questions of eval/suites/retrieval.yaml.

    python -m eval.retrieval [--misses]

The questions were written from the catalogue alone. A question counts as answered within k where at least one of
its answers is among the first k hits of its own locale's market.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass

from assistant.bootstrap.desk import Desk
from assistant.settings import read_settings
from eval.cases.case import Case
from eval.cases.load import load_suite
from eval.entry import ended
from eval.scorers.ranked import DEPTHS, first, told

SUITE = "retrieval"


@dataclass(frozen=True)
class Answered:
    """A question and the rank of its first answer; None where none was among the hits."""

    case: Case
    rank: int | None


def ask(desk: Desk, suite: str = SUITE) -> list[Answered]:
    """Every question of the suite, searched without a filter."""
    results = []
    for case in load_suite(suite).cases:
        hits = desk.search.search(case.given["query"], k=max(DEPTHS))
        found = [told(hit.entry.owner) for hit in hits if hit.allowed]
        results.append(Answered(case, first(found, {told(answer) for answer in case.expected["answers"]})))
    return results


def recall(results: list[Answered], k: int) -> float:
    """The share of questions answered within k."""
    return sum(one.rank is not None and one.rank <= k for one in results) / len(results)


def main() -> int:
    """Print recall by style and locale."""
    parser = argparse.ArgumentParser(description="Recall of the search on the questions of the suite.")
    parser.add_argument("--misses", action="store_true", help="list the questions not answered within 5")
    given = parser.parse_args()
    desk = Desk(read_settings(), notify=lambda message: print(message, file=sys.stderr))
    results = ask(desk)
    groups: dict[str, list[Answered]] = defaultdict(list)
    for one in results:
        style, locale = one.case.given["style"], one.case.given["locale"]
        groups["names the thing" if style == "names" else "own words or another script"].append(one)
        groups[f"  {style}, {locale}"].append(one)
    print("| questions | n | recall@1 | recall@5 | recall@10 |\n| :-- | --: | --: | --: | --: |")
    for name, members in sorted(groups.items(), key=lambda pair: pair[0].strip()):
        print(f"| {name} | {len(members)} | " + " | ".join(f"{recall(members, k):.3f}" for k in DEPTHS) + " |")
    if given.misses:
        for one in results:
            if one.rank is None or one.rank > 5:
                asked = one.case.given
                print(f"{one.case.id} {asked['style']} {asked['query']} → {one.case.expected['answers']}")
    desk.search.close()
    return 0


if __name__ == "__main__":
    ended(main)
