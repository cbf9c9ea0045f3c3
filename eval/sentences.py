"""Unlawful sentences by somebody who saw only the law and the catalogue, kind by kind: which are found.

python -m eval.sentences [--misses]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from assistant.bootstrap.desk import Desk
from assistant.checks.case import LintCase
from assistant.settings import read_settings
from eval.entry import ended

SUITE = Path(__file__).with_name("suites") / "sentences.yaml"
_ABOUT = {"loan_lure": "loan", "loan_daily": "loan", "gift": "term_deposit", "liquid": "term_deposit"}
_ABOUT |= {"insurance_words": "insurance", "prize": "account", "urgency": "term_deposit"}
"""The type of product that a kind of sentence is told of; the others of a wealth product."""


def found(desk: Desk) -> tuple[Counter[tuple[str, bool]], list[tuple[str, str]]]:
    """How many sentences of each kind are found and not found, and those that are not."""
    kinds: dict[str, dict[Any, list[str]]] = yaml.safe_load(SUITE.read_text(encoding="utf-8"))
    counts, missed = Counter[tuple[str, bool]](), list[tuple[str, str]]()
    for kind, by_locale in kinds.items():
        wanted = _ABOUT.get(kind, "wealth")
        product = next(one.id for one in desk.pack.products.values() if one.type == wanted)
        for locale, sentences in by_locale.items():
            for text in sentences:
                blocked = _blocked(desk, LintCase(text=text, locale=locale, product=product, age=70))
                counts[kind, blocked] += 1
                if not blocked:
                    missed.append((kind, text))
    return counts, missed


def _blocked(desk: Desk, case: LintCase) -> bool:
    """Whether the words themselves are found; a missing warning or a market says nothing about them."""
    beside = {"HOUSE-OWED", "OFFER-SALE", "CN-RISK", "CN-RISK-FUND", "CN-BENCH"}
    findings = desk.engine.run(case).findings
    return any(one.severity == "block" and one.end > one.start and one.rule not in beside for one in findings)


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
