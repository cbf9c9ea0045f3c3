"""Which faults the checks catch: `python -m benchmarks.mutations [--misses]`.

Approved texts of three locales, each broken in one of many ways; then the texts of strangers (eval.law). Prints
Markdown tables; exit 1 below the house's floors.
"""

from __future__ import annotations

import argparse
import datetime as dt

from assistant.bootstrap.desk import Desk
from assistant.settings import read_settings
from eval.entry import ended
from eval.law import judge, table
from eval.mutations.run import Report, run
from eval.mutations.source import sources

PER_LOCALE, PER_KIND, SEED = 400, 80, 20261122
CAUGHT, FALSE_ALARMS = 0.995, 0.005


def show(report: Report, misses: bool) -> None:
    """A row a kind, the totals, the misses."""
    print("| fault | made | caught |\n|---|---|---|")
    for name, made in report.made.items():
        print(f"| {name} | {made} | {report.caught[name] / made:.1%} |")
    print(f"| **all {len(report.made)} kinds** | {report.made.total()} | **{report.share:.2%}** |")
    print(f"\nApproved texts flagged: {len(report.flagged)} of {report.approved} ({report.false_alarms:.2%})\n")
    for name, case in report.misses if misses else ():
        print(f"missed: {name}: {case.id}\n    {case.text!r}")
    for case, findings in report.flagged if misses else ():
        print(f"flagged: {case.id}: {[(f.rule, f.text) for f in findings]}\n    {case.text!r}")


def main() -> int:
    """Make the mutants, check them, print."""
    parser = argparse.ArgumentParser(description="Mutations of approved texts.")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--per-locale", type=int, default=PER_LOCALE)
    given = parser.parse_args()
    desk = Desk(read_settings())
    report = run(desk.engine, sources(desk, given.per_locale, SEED, dt.date(2026, 11, 23)), PER_KIND, SEED)
    show(report, given.misses)
    print(table(judge(desk)))
    return 0 if report.share >= CAUGHT and report.false_alarms <= FALSE_ALARMS else 1


if __name__ == "__main__":
    ended(main)
