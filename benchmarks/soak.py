"""A day of work in short: `python -m benchmarks.soak [--minutes 30] [--tabs 50]`.

A real server, so many tabs without a browser that work and hold what streams their page has, and two tabs of a real
Chromium that do. The server's memory and its share of a core are looked at each minute; a line through them, the
warm-up left out, says what is added in an hour, and what eight hours come to.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.ui_browser import chromium, guest
from benchmarks.ui_crowd import FIFTY, crowd, places, users
from benchmarks.ui_house import House, Served, furnished, serving
from benchmarks.ui_tabs import PAUSE_S, fresh

MOST_MB, HOURS = 500.0, 8.0
WARM_UP = 0.3
"""Of the time; what is loaded on first use and what fills a cache is no leak."""
Sample = tuple[float, float, float]
"""Minutes since the beginning, MB, share of a core since the sample before."""


def slope(samples: Sequence[Sample]) -> tuple[float, float]:
    """MB an hour, and MB at the last sample, by least squares."""
    minutes, sizes = [one[0] for one in samples], [one[1] for one in samples]
    middle, mean = sum(minutes) / len(minutes), sum(sizes) / len(sizes)
    spread = sum((one - middle) ** 2 for one in minutes)
    found = sum((at - middle) * (size - mean) for at, size in zip(minutes, sizes, strict=True)) / spread
    return found * 60, mean + found * (minutes[-1] - middle)


def watched(house: House, served: Served, minutes: float) -> list[Sample]:
    """Have two tabs of a browser work meanwhile; a sample a minute, of a short while four."""
    samples: list[Sample] = []
    draw, every = random.Random(1), 60.0 if minutes >= 15 else 15.0
    begun = due = time.monotonic()
    with (
        chromium() as browser,
        guest(browser, served.base, house.people["checker"][0]) as one,
        guest(browser, served.base, house.people["marketer"][0]) as other,
    ):
        review, studio = one.new_page(), other.new_page()
        review.goto(f"{served.base}/review")
        studio.goto(f"{served.base}/studio?run={house.run}")
        spent = served.cpu()
        while (now := time.monotonic()) < begun + minutes * 60:
            if now >= due:
                cpu, since = served.cpu(), every if samples else 1.0
                samples.append(((now - begun) / 60, served.memory(), (cpu - spent) / since))
                print(f"| {samples[-1][0]:.1f} | {samples[-1][1]:.0f} | {samples[-1][2]:.0%} |", flush=True)
                spent, due = cpu, due + every
            _work(review, studio, draw)
    return samples


def _work(review: Page, studio: Page, draw: random.Random) -> None:
    """One act at each of the tabs, and a rest."""
    review.bring_to_front()
    review.keyboard.press(draw.choice("jjja"))
    time.sleep(draw.uniform(*PAUSE_S))
    studio.bring_to_front()
    turns = studio.locator("[data-act=turn]:enabled")
    if turns.count():
        turns.nth(draw.randrange(turns.count())).click()
    time.sleep(draw.uniform(*PAUSE_S))
    if draw.random() < 0.02:
        review.reload()


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser()
    given.add_argument("--minutes", type=float, default=30)
    given.add_argument("--tabs", type=int, default=FIFTY)
    given.add_argument("--drafts", type=int, default=10_000)
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = furnished(Path(folder) / "home", options.drafts, users(options.tabs))
        took = fresh()
        with serving(house.home) as served:
            print(f"| minute | MB | CPU |\n| --: | --: | --: |\n| before | {served.memory():.0f} | |", flush=True)
            with crowd(served.base, places(house, options.tabs), took):
                samples = watched(house, served, options.minutes)
    asked = sum(len(seconds) for seconds in took.values())
    steady = [one for one in samples if one[0] >= WARM_UP * options.minutes]
    rate, last = slope(steady)
    after = last + rate * (HOURS - options.minutes / 60)
    cpu = sum(one[2] for one in steady) / len(steady)
    print(f"\n{options.tabs} tabs and two of a browser, {options.minutes:g} minutes, {asked:,} requests of the tabs; "
          f"{cpu:.0%} of a core.\n{rate:+.1f} MB an hour after {WARM_UP * options.minutes:.1f} minutes of warm-up; "
          f"{last:.0f} MB now, {after:.0f} MB after {HOURS:g} hours, of at most {MOST_MB:.0f}.")  # fmt: skip
    sys.exit(after > MOST_MB)


if __name__ == "__main__":
    main()
