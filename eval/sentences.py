"""Unlawful sentences by somebody who saw only the law and the catalogue, kind by kind: which are found.

python -m eval.sentences [--misses]
"""

from __future__ import annotations

import argparse
from collections import Counter

from assistant.bootstrap.desk import Desk
from assistant.settings import read_settings
from eval.cases.load import load_suite
from eval.entry import ended
from eval.scorers.checked import blocks_words
from eval.tasks.checking import case_of

SUITE = "sentences"


def found(desk: Desk) -> tuple[Counter[tuple[str, bool]], list[tuple[str, str]]]:
    """How many sentences of each kind are found and not found, and those that are not."""
    counts, missed = Counter[tuple[str, bool]](), list[tuple[str, str]]()
    by_kind = sorted(load_suite(SUITE).cases, key=lambda case: case.cluster)
    for case in by_kind:
        findings = desk.engine.run(case_of(case)).findings
        blocked = any(blocks_words(one.model_dump()) for one in findings)
        counts[case.cluster, blocked] += 1
        if not blocked:
            missed.append((case.cluster, case.given["text"]))
    return counts, missed


def main() -> int:
    """Print the shares and, where wished, what is missed."""
    parser = argparse.ArgumentParser(description="Unlawful sentences, kind by kind.")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    counts, missed = found(Desk(read_settings()))
    print("| kind | sentences | found |\n| :-- | --: | --: |")
    for kind in dict.fromkeys(kind for kind, _ in counts):
        whole = counts[kind, True] + counts[kind, False]
        print(f"| {kind} | {whole} | {counts[kind, True] / whole:.0%} |")
    whole = counts.total()
    print(f"| all | {whole} | {(whole - len(missed)) / whole:.1%} |")
    for kind, text in missed if given.misses else ():
        print(f"{kind}: {text}")
    return 0


if __name__ == "__main__":
    ended(main)
