"""What people wait for at the pages: `python -m benchmarks.ui [--drafts N] [--users N] [--rounds N]`.

A real server with a store of 10,000 drafts; once with one person at a real Chromium, once with forty-nine more at tabs
that ask what a page asks, each with the rest that people take between two acts. Prints a Markdown table of what the
person at the browser sees, with its target, and one of what the others' requests took.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.ui_browser import Eyes, chromium
from benchmarks.ui_crowd import FIFTY, crowd, places, users
from benchmarks.ui_house import House, Served, furnished, serving
from benchmarks.ui_tabs import Took, fresh

TARGETS: Mapping[str, float] = {
    "cold": 2.5,
    "warm": 1.0,
    "review: key to next item": 0.05,
    "review: decision, next item": 0.05,
    "calls: key to next item": 0.05,
    "review: decision saved": 0.3,
    "calls: outcome saved": 0.3,
    "studio: check while typing": 0.3,
    "calls: check while typing": 0.3,
    "studio: first text after Write": 0.7,
    "studio: 1,000 rows, five pages": 1.5,
}
"""Seconds within which 95 of 100 must come, by the measure's name or its first word."""


def row(name: str, seconds: Sequence[float], target: float | None) -> str:
    """A line of a table: how many, milliseconds of the middle and of 95 %, the target, whether it holds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    holds = "" if target is None else "yes" if late <= target else "**no**"
    wanted = "" if target is None else f"{target * 1e3:,.0f}"
    middle = statistics.median(ordered)
    return f"| {name} | {len(ordered)} | {middle * 1e3:,.0f} | {late * 1e3:,.0f} | {wanted} | {holds} |"


def seen(house: House, served: Served, tabs: int, rounds: int) -> None:
    """Look at the pages, with so many at their tabs meanwhile, and print what it took."""
    took, others = fresh(), fresh()
    cpu, begun = served.cpu(), time.monotonic()
    with chromium() as browser:
        eyes = Eyes(browser, served.base, house, took, rounds)
        if tabs:
            with crowd(served.base, places(house, tabs), others):
                cpu, begun = served.cpu(), time.monotonic()
                eyes.everything()
                share = (served.cpu() - cpu) / (time.monotonic() - begun)
        else:
            eyes.everything()
            share = (served.cpu() - cpu) / (time.monotonic() - begun)
    load = os.getloadavg()[0]
    print(f"\n## {'quiet' if not tabs else f'{tabs + 1} users'}\n\nThe server used {share:.0%} of a core and has "
          f"{served.memory():.0f} MB; load of the machine {load:.1f}.\n")  # fmt: skip
    _table("what a person sees", took)
    if others:
        _table("requests of the others", others)


def _table(title: str, took: Took) -> None:
    print(f"| {title} | n | p50 ms | p95 ms | target ms | holds |\n| :-- | --: | --: | --: | --: | :-: |")
    for name, seconds in took.items():
        print(row(name, seconds, TARGETS.get(name, TARGETS.get(name.partition(" ")[0]))), flush=True)
    print()


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser()
    given.add_argument("--drafts", type=int, default=10_000)
    given.add_argument("--users", type=int, default=FIFTY)
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--only", choices=("quiet", "users"))
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        house = furnished(Path(folder) / "home", options.drafts, users(options.users))
        print(f"{options.drafts:,} drafts, a run of {house.rows:,} texts, {len(house.submitted):,} texts that wait; "
              f"made in {time.monotonic() - begun:.0f} s", file=sys.stderr)  # fmt: skip
        for tabs in (0, options.users - 1):
            if options.only is None or (options.only == "quiet") == (tabs == 0):
                with serving(house.home) as served:
                    seen(house, served, tabs, options.rounds)


if __name__ == "__main__":
    main()
