"""How often the gate is wrong: runs that differ by chance alone, and runs that lost what it must see.

    python -m benchmarks.gate [--runs 1000]

Every pair of runs has 700 cases in 70 clusters and six metrics, of which clusters share a part; a tenth of the values
differ from run to run. A false block is a verdict “regressed” where nothing changed. Power is the share of verdicts
“regressed” where one metric lost five points.
"""

from __future__ import annotations

import argparse
import math

import numpy as np
from numpy.typing import NDArray

from eval.comparing.compare import compared
from eval.comparing.gate import gated
from eval.running.side import Side

CASES, CLUSTERS, METRICS, LOSS = 700, 70, 6, 0.05
RIGHT, DIFFERS, SHARED = 0.9, 0.1, 0.4
"""The share of right answers, how many differ from run to run, and how alike a cluster's are (as its deviation)."""

Right = NDArray[np.bool_]


def pair(draw: np.random.Generator, loss: float) -> tuple[Right, Right]:
    """Two runs' right answers (arrays of metrics × cases); the second loses `loss` of the first metric's."""
    cluster = np.arange(CASES) % CLUSTERS
    chance = RIGHT + SHARED * RIGHT * (1 - RIGHT) * draw.standard_normal((METRICS, CLUSTERS))[:, cluster]
    first = draw.random((METRICS, CASES)) < chance
    # What is drawn anew comes out the same mostly: so many are drawn that a tenth of all differ.
    anew = draw.random((METRICS, CASES)) < DIFFERS / (2 * RIGHT * (1 - RIGHT))
    second = np.where(anew, draw.random((METRICS, CASES)) < chance, first)
    second[0] &= ~(draw.random(CASES) < loss / RIGHT)
    return first, second


def side(name: str, right: Right) -> Side:
    """A run of the gate's suite with these answers."""
    cases = [f"k{number:04}" for number in range(CASES)]
    of = [dict(zip(cases, map(float, row), strict=True)) for row in right]
    values: dict[str, dict[str, float | None]] = {f"metric{place}": {**row} for place, row in enumerate(of)}
    values["answered"] = dict.fromkeys(cases, 1.0)
    clusters = {case: f"c{place % CLUSTERS}" for place, case in enumerate(cases)}
    return Side(name, "made", {}, clusters, dict.fromkeys(cases, "h"), dict.fromkeys(values, 1), values, {})


def verdicts(runs: int, loss: float, seed: int) -> dict[str, int]:
    """How many pairs of runs had each verdict."""
    draw, counts = np.random.default_rng(seed), dict[str, int]()
    for _ in range(runs):
        first, second = pair(draw, loss)
        verdict = gated(compared(side("a", first), side("b", second)), {}).verdict
        counts[verdict] = counts.get(verdict, 0) + 1
    return counts


def main() -> None:
    """Print both shares with the error of the simulation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    runs = parser.parse_args().runs
    print(f"| {runs} pairs of runs | passed | not enough evidence | regressed | share regressed |")
    print("| :-- | --: | --: | --: | --: |")
    for name, loss, seed in (("nothing changed", 0.0, 1), (f"one metric lost {LOSS * 100:.0f} points", LOSS, 2)):
        told = verdicts(runs, loss, seed)
        share = told.get("regressed", 0) / runs
        error = math.sqrt(share * (1 - share) / runs)
        columns = " | ".join(str(told.get(verdict, 0)) for verdict in ("passed", "not enough evidence", "regressed"))
        print(f"| {name} | {columns} | {share:.1%} ± {error:.1%} |", flush=True)


if __name__ == "__main__":
    main()
