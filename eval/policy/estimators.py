"""The value of a policy that was not followed, out of logged decisions: IPS, SNIPS and doubly robust.

With weights w = target / propensity and rewards r: IPS is mean(w·r) (Horvitz, Thompson 1952); SNIPS Σw·r / Σw, less
noisy (Hájek 1971; Swaminathan, Joachims 2015); doubly robust adds to a model's guess its weighted error, right if the
propensities *or* the model are (Dudík, Langford, Li 2011). Intervals are robust to clusters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assistant.errors import InputError
from eval.policy.load import Logged
from eval.policy.outcomes import predicted
from eval.statistics.clusters import Codes, Floats, codes, mean_sums, ratio_sums
from eval.statistics.intervals import Estimate, robust
from eval.statistics.undefined import Undefined

FEW = 100
"""An effective sample below this earns a warning."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """A target's value by three estimators; what the log earned itself; the doubly robust gain over that.

    `effective`: (Σw)²/Σw², as many decisions of the target itself would tell as much (Kish 1965).
    """

    ips: Estimate | Undefined
    snips: Estimate | Undefined
    robust: Estimate | Undefined
    earned: Estimate | Undefined
    gain: Estimate | Undefined
    rows: int
    effective: float
    warnings: tuple[str, ...]


def estimated(rows: Logged, target: Floats, *, few: float = FEW, seed: int = 0) -> Estimated:
    """The value of `target` (n × arms, rows sum to 1). InputError: other shapes, or a target that the log never met.

    Decisions with a propensity of 0 are left out with a warning: what had no chance has no weight.
    """
    if target.shape != (len(rows.actions), len(rows.arms)):
        raise InputError("The target is not as long and wide as the log.", "Give each row a probability for each arm.")
    groups, warnings = codes(rows.clusters, len(rows.actions)), list[str]()
    possible = rows.propensities > 0
    if not possible.all():
        first = rows.place(int(np.flatnonzero(~possible)[0]))
        warnings.append(
            f"{int((~possible).sum())} decision(s) have a propensity of 0, the first at {first}: what had no chance "
            "was done, so the propensities are wrong there; they are left out."
        )
        rows, target, groups = _only(rows, possible), target[possible], groups[possible]
    weights = target[np.arange(len(target)), rows.actions] / rows.propensities
    if not weights.sum() > 0:
        raise InputError(
            "The log never did what the target would.", "Judge a target that the log agrees with at times."
        )
    _, groups = np.unique(groups, return_inverse=True)
    guessed = predicted(rows, groups, seed)
    own = guessed[np.arange(len(target)), rows.actions]
    scores = (target * guessed).sum(axis=1) + weights * (rows.rewards - own)
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    warnings += _doubts(rows, target, weights, groups, effective, few)
    return Estimated(
        robust(mean_sums(weights * rows.rewards, groups)),
        robust(ratio_sums(weights * rows.rewards, weights, groups)),
        robust(mean_sums(scores, groups)),
        robust(mean_sums(rows.rewards, groups)),
        robust(mean_sums(scores - rows.rewards, groups)),
        len(target),
        effective,
        tuple(warnings),
    )


def _only(rows: Logged, kept: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Logged:
    """These decisions alone; clusters, columns and places are not asked again."""
    return replace(
        rows,
        actions=rows.actions[kept],
        propensities=rows.propensities[kept],
        rewards=rows.rewards[kept],
        context=rows.context[kept],
        clusters=None,
        columns=None,
        places=None,
    )


def _doubts(rows: Logged, target: Floats, weights: Floats, groups: Codes, effective: float, few: float) -> list[str]:
    """Why the estimates may not be trusted."""
    told = list[str]()
    if effective < few:
        told.append(
            f"The effective sample is {effective:.0f} of {len(weights)} decisions: few did what the target would, so "
            "intervals may be too short."
        )
    whole = robust(mean_sums(weights, groups))
    if isinstance(whole, Estimate) and whole.p(1.0) < 0.001:
        told.append(
            f"Weights have a mean of {whole.value:.3f} and should have 1: the propensities are not those that the "
            "actions were drawn with, or the target does what the log never would."
        )
    never = [
        arm
        for at, arm in enumerate(rows.arms)
        if not bool((rows.actions == at).any()) and float(target[:, at].max(initial=0)) > 0
    ]
    if never:
        told.append(f"The target chooses {', '.join(never)}, of which nothing is left in the log.")
    return told
