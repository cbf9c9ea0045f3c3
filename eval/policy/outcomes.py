"""A simple model of rewards, fitted where it is not asked: ridge regression by arm, cross-fitted by clusters."""

from __future__ import annotations

import numpy as np

from eval.policy.load import Logged
from eval.statistics.clusters import Codes, Floats

FOLDS = 5
PENALTY = 1.0


def predicted(logged: Logged, groups: Codes, seed: int = 0) -> Floats:
    """What each arm would earn in each decision, by a model that has not seen the decision's cluster: n × arms.

    Cross-fitting (Chernozhukov et al. 2018) keeps the doubly robust estimate's error honest. An arm that the other
    folds never chose is given their mean reward.
    """
    count, arms = len(logged.actions), len(logged.arms)
    design = np.column_stack([np.ones(count), logged.context])
    folds = min(FOLDS, int(groups.max()) + 1)
    fold = (np.random.default_rng(seed).permutation(int(groups.max()) + 1) % folds)[groups]
    size = design.shape[1]
    squares, products = np.zeros((folds, arms, size, size)), np.zeros((folds, arms, size))
    for one in range(folds):
        for arm in range(arms):
            rows = (fold == one) & (logged.actions == arm)
            squares[one, arm] = design[rows].T @ design[rows]
            products[one, arm] = design[rows].T @ logged.rewards[rows]
    found = np.empty((count, arms))
    ridge = PENALTY * np.diag([0.0, *[1.0] * (size - 1)])
    for one in range(folds):
        rest = squares.sum(axis=0) - squares[one], products.sum(axis=0) - products[one]
        seen = float(rest[0][:, 0, 0].sum())
        middle = float(rest[1][:, 0].sum()) / seen if seen else 0.0
        asked = fold == one
        for arm in range(arms):
            if rest[0][arm, 0, 0] == 0:
                found[asked, arm] = middle
            else:
                found[asked, arm] = design[asked] @ np.linalg.solve(rest[0][arm] + ridge, rest[1][arm])
    return found
