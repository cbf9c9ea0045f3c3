"""Off-policy estimates held against a real experiment: `python -m benchmarks.policy_hillstrom PATH [--seeds 200]`.

PATH is Hillstrom's e-mail experiment (hillstrom.csv or .csv.gz; 64,000 customers, three arms by lot), which the
project does not ship. As arms fell by lot, an arm's mean is what mailing everybody so would earn. Each seed draws
customers with replacement and keeps each with a chance that depends on the arm *and* on who it is: what is left is the
log of a policy that sends the recent and the large spenders other mail than the rest, with known propensities from 0.1
to 0.8. Its own means by arm are then wrong (“by arm”, printed beside); each estimator's interval of 95 % should hold
the true mean in 95 of 100 seeds. Prints that share, and the mean estimate beside the truth.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from eval.policy.context import encoded
from eval.policy.estimators import estimated
from eval.policy.load import Logged
from eval.statistics.intervals import Estimate, mean

ARMS = ("Mens E-Mail", "No E-Mail", "Womens E-Mail")
REWARDS = ("visit", "conversion", "spend")
CONTEXT = ("recency", "history", "mens", "womens", "zip_code", "newbie", "channel")


def experiment(path: Path) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """Arms' places (n), context (n × d), rewards by name (n each), the logging policy (n × 3)."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    actions = np.array([ARMS.index(row["segment"]) for row in rows])
    rewards = {name: np.array([float(row[name]) for row in rows]) for name in REWARDS}
    context = encoded({name: [row[name] for row in rows] for name in CONTEXT}, len(rows))
    recent = np.array([float(row["recency"]) <= 4 for row in rows])
    large = np.array([float(row["history"]) > 250 for row in rows])
    policy = np.full((len(rows), 3), (0.3, 0.4, 0.3))
    policy[recent] = (0.55, 0.15, 0.3)
    policy[large] = (0.2, 0.2, 0.6)
    policy[recent & large] = (0.1, 0.1, 0.8)
    return actions, context, rewards, policy


def kept(actions: np.ndarray, policy: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The customers (drawn with replacement) of a log whose arms have the policy's probabilities.

    Arms fell by lot, so keeping in proportion to the policy leaves the mix of customers as it was.
    """
    drawn = generator.integers(0, len(actions), len(actions))
    chance = policy[drawn, actions[drawn]] / policy.max()
    found: np.ndarray = drawn[generator.random(len(drawn)) < chance]
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--seeds", type=int, default=200)
    given = parser.parse_args()
    if not given.path.is_file():
        sys.exit(f"{given.path} is not there: skipped. Name the experiment's file.")
    started = time.process_time()
    actions, context, rewards, policy = experiment(given.path)
    held, values, sizes = defaultdict(list), defaultdict(list), defaultdict(list)
    for seed in range(given.seeds):
        rows = kept(actions, policy, np.random.default_rng(seed))
        chosen = actions[rows]
        for reward, every in rewards.items():
            log = Logged(ARMS, chosen, policy[rows, chosen], every[rows], context[rows])
            for arm in range(len(ARMS)):
                found = estimated(log, np.tile(np.eye(3)[arm], (len(rows), 1)), seed=seed)
                by_arm = mean(log.rewards[chosen == arm])
                true = float(every[actions == arm].mean())
                told = {"IPS": found.ips, "SNIPS": found.snips, "doubly robust": found.robust, "by arm": by_arm}
                sizes[arm].append((len(rows), found.effective))
                for name, one in told.items():
                    assert isinstance(one, Estimate)
                    ends = one.interval()
                    held[reward, arm, name].append(ends.low <= true <= ends.high)
                    values[reward, arm, name].append((one.value, ends.high - ends.low))
    _show(rewards, actions, held, values, sizes)
    print(f"{given.seeds} seeds; {time.process_time() - started:.0f} s of CPU")


def _show(rewards, actions, held, values, sizes) -> None:  # type: ignore[no-untyped-def]
    names = ("IPS", "SNIPS", "doubly robust", "by arm")
    heads = " | ".join(f"{name}: mean, width, held" for name in names)
    print(f"| | true | {heads} |\n|---|---|" + "---|" * len(names))
    for reward, every in rewards.items():
        for arm, label in enumerate(ARMS):
            cells = []
            for name in names:
                value, width = np.mean(values[reward, arm, name], axis=0)
                cells.append(f"{value:.5f}, {width:.5f}, {np.mean(held[reward, arm, name]):.1%}")
            print(f"| {reward}, {label} | {every[actions == arm].mean():.5f} | " + " | ".join(cells) + " |")
    for arm, label in enumerate(ARMS):
        rows, effective = np.mean(sizes[arm], axis=0)
        print(f"{label}: effective sample {effective:.0f} of {rows:.0f} decisions")
    every_one = {name: np.mean([one for key, one in held.items() if key[2] == name]) for name in names}
    print("held over all: " + ", ".join(f"{name} {share:.1%}" for name, share in every_one.items()))


if __name__ == "__main__":
    main()
