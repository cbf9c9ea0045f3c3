"""How well the search answers the questions of eval/suites/retrieval.yaml.

    python -m eval.retrieval [--misses]

The questions were written from the catalogue alone. A question counts as answered within k where at least one of
its answers is among the first k hits of its own locale's market.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.bootstrap.desk import Desk
from assistant.settings import read_settings
from eval.entry import ended

SUITE = Path(__file__).with_name("suites") / "retrieval.yaml"
DEPTHS = (1, 5, 10)


@dataclass(frozen=True)
class Answered:
    """A question and the rank of its first answer; None where none was among the hits."""

    question: dict[str, Any]
    rank: int | None


def ask(desk: Desk, suite: Path = SUITE) -> list[Answered]:
    """Every question of the suite, searched without a filter."""
    questions = yaml.safe_load(suite.read_text(encoding="utf-8"))["questions"]
    results = []
    for question in questions:
        hits = desk.search.search(question["query"], k=max(DEPTHS))
        found = [_told(hit.entry.owner) for hit in hits if hit.allowed]
        ranks = [found.index(_told(answer)) + 1 for answer in question["answers"] if _told(answer) in found]
        results.append(Answered(question, min(ranks, default=None)))
    return results


def _told(owner: str) -> str:
    """A guide's section is the same in every locale: its folder is left out."""
    return re.sub(r"^guide:guides/[^/]+/", "guide:", owner)


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
        style, locale = one.question["style"], one.question["locale"]
        groups["names the thing" if style == "names" else "own words or another script"].append(one)
        groups[f"  {style}, {locale}"].append(one)
    print("| questions | n | recall@1 | recall@5 | recall@10 |\n| :-- | --: | --: | --: | --: |")
    for name, members in sorted(groups.items(), key=lambda pair: pair[0].strip()):
        print(f"| {name} | {len(members)} | " + " | ".join(f"{recall(members, k):.3f}" for k in DEPTHS) + " |")
    if given.misses:
        for one in results:
            if one.rank is None or one.rank > 5:
                print(
                    f"{one.question['id']} {one.question['style']} {one.question['query']} → {one.question['answers']}"
                )
    desk.search.close()
    return 0


if __name__ == "__main__":
    ended(main)
