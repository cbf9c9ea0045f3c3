"""Do the intervals hold, and do the tests err as often as they say: `python -m benchmarks.eval_statistics [--runs N]`.

Cases come in clusters, of one size or very unequal, graded (a score) or passed (yes or no). Each run draws new
clusters. A *pair* of runs scores the same cases twice; clusters change their mind together, and truly nothing changes.
Prints, for each setting, how often the interval of 95 % held the true mean, and how often p < 0.05 of a true nothing:
by cluster-robust t, by cluster bootstrap, and by what takes rows for independent.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np

from eval.statistics.clusters import mean_sums
from eval.statistics.intervals import Estimate, bootstrap, robust
from eval.statistics.student import quantile
from eval.statistics.undefined import Undefined

LIKENESS, PASSED, TURNED = 0.2, 0.7, 0.3
"""How alike cases of a cluster are; the share that pass; the share whose verdict a second run may turn."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is drawn."""

    clusters: int
    unequal: bool
    passes: bool

    def __str__(self) -> str:
        kind = "passed" if self.passes else "graded"
        return f"{self.clusters} clusters, {'unequal' if self.unequal else 'of ten'}, {kind}"


SETTINGS = [Setting(n, unequal, passes) for n in (20, 40, 60) for unequal in (False, True) for passes in (False, True)]


def simulated(setting: Setting, runs: int, resamples: int, seed: int) -> dict[str, float]:
    """Shares of runs: `naive`, `t`, `bootstrap` held the mean; `error …` called a true nothing a change."""
    generator = np.random.default_rng(seed)
    kinds = ("naive", "t", "bootstrap")
    counts = dict.fromkeys([*kinds, *(f"error {kind}" for kind in kinds)], 0)
    for run in range(runs):
        sizes = _sizes(setting, generator)
        groups = np.repeat(np.arange(setting.clusters), sizes)
        truth, first, second = _drawn(setting, groups, generator)
        for kind, (low, high) in _intervals(first, groups, resamples, run).items():
            counts[kind] += low <= truth <= high
        for kind, (low, high) in _intervals(second - first, groups, resamples, run).items():
            counts[f"error {kind}"] += not low <= 0 <= high
    return {kind: count / runs for kind, count in counts.items()}


def _sizes(setting: Setting, generator: np.random.Generator) -> np.ndarray:
    if not setting.unequal:
        return np.full(setting.clusters, 10)
    return np.maximum(1, generator.lognormal(2.0, 0.7, setting.clusters).round()).astype(int)


def _drawn(
    setting: Setting, groups: np.ndarray, generator: np.random.Generator
) -> tuple[float, np.ndarray, np.ndarray]:
    """The true mean of a case, and two runs over the same cases that are equally good."""
    count, rows = setting.clusters, len(groups)
    if not setting.passes:
        own, turn = generator.normal(size=(2, count)) * LIKENESS**0.5
        first = own[groups] + generator.normal(size=rows) * (1 - LIKENESS) ** 0.5
        return 0.0, first, first + turn[groups] + generator.normal(size=rows) * (1 - LIKENESS) ** 0.5
    spread = 1 / LIKENESS - 1
    chance, anew = generator.beta(PASSED * spread, (1 - PASSED) * spread, size=(2, count))
    first = (generator.random(rows) < chance[groups]).astype(float)
    # Turned cases are drawn anew from another chance of their cluster: each run passes the same share in the long run.
    turned, again = generator.random(rows) < TURNED, generator.random(rows) < anew[groups]
    return PASSED, first, np.where(turned, again, first)


def _intervals(values: np.ndarray, groups: np.ndarray, resamples: int, seed: int) -> dict[str, tuple[float, float]]:
    sums = mean_sums(values, groups)
    told, drawn = robust(sums), bootstrap(sums, resamples=resamples, seed=seed)
    assert isinstance(told, Estimate) and not isinstance(drawn, Undefined)
    plain = told.interval()
    width = quantile(0.975, len(values) - 1) * float(values.std(ddof=1)) / len(values) ** 0.5
    naive = (plain.value - width, plain.value + width)
    return {"naive": naive, "t": (plain.low, plain.high), "bootstrap": (drawn.low, drawn.high)}


def main() -> None:
    """Print a row a setting, and the rows' mean."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started, rows = time.process_time(), []
    heads = ("naive", "t", "bootstrap", "error naive", "error t", "error bootstrap")
    print(f"| {given.runs} runs each | " + " | ".join(heads) + " |\n|---|" + "---|" * len(heads))
    for number, setting in enumerate(SETTINGS):
        found = simulated(setting, given.runs, given.resamples, given.seed + number)
        rows.append([found[head] for head in heads])
        print(f"| {setting} | " + " | ".join(f"{one:.1%}" for one in rows[-1]) + " |", flush=True)
    print("| mean of all | " + " | ".join(f"{one:.1%}" for one in np.mean(rows, axis=0)) + " |")
    print(f"{time.process_time() - started:.0f} s of CPU")


if __name__ == "__main__":
    main()
