"""The peak of the likelihood of comparisons, and how sharp it is: what `ranking` says in names, here in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.errors import InputError
from eval.statistics.clusters import Codes, Floats

STEPS = 200
CLOSE = 1e-10
"""The largest slope, for each comparison, that counts as none."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The unknowns (K log strengths that sum to 0, then the log of the ties' weight if there are ties)."""

    unknown: Floats
    covariance: Floats
    freedom: float | None


def most_likely(sides: Codes, won: Codes, count: int, ties: bool, groups: Codes | None) -> Peak:
    """Newton's method with halved steps. `sides`: n × 2 places of K; `won`: n places of first, second, tie.

    `groups` (n): comparisons that are alike; the covariance is then robust to them, with G - 1 degrees of freedom.
    InputError below two groups, or where no peak is reached.
    """
    pairs, pair = np.unique(sides, axis=0, return_inverse=True)
    pair = pair.ravel()
    design = _design(pairs, count, ties)
    often = np.zeros(design.shape[:2])
    np.add.at(often, (pair, won), 1)
    unknown = _climbed(design, often, count)
    slopes = design - _middle(design, _chances(design, unknown)[0])[:, None, :]
    inverse = np.linalg.pinv(_information(design, often, unknown), hermitian=True).astype(np.float64)
    if groups is None:
        return Peak(unknown, inverse, None)
    several = int(groups.max()) + 1
    if several < 2:
        raise InputError("All comparisons are of one cluster.", "Name the clusters only where there are two at least.")
    scores = np.zeros((several, design.shape[2]))
    np.add.at(scores, groups, slopes[pair, won])
    spread: Floats = inverse @ (scores.T @ scores) @ inverse * (several / (several - 1))
    return Peak(unknown, spread, float(several - 1))


def _design(pairs: Codes, count: int, ties: bool) -> Floats:
    """What each outcome of each pair takes of each unknown: m × (2 or 3) × (K, or K + 1 with ties)."""
    eye = np.eye(count, count + ties)
    first, second = eye[pairs[:, 0]], eye[pairs[:, 1]]
    if not ties:
        return np.stack([first, second], axis=1)
    tie = (first + second) / 2
    tie[:, count] = 1
    return np.stack([first, second, tie], axis=1)


def _chances(design: Floats, unknown: Floats) -> tuple[Floats, Floats]:
    """The probability of each outcome and its log: m × outcomes both."""
    utility = design @ unknown
    utility = utility - utility.max(axis=1, keepdims=True)
    logs = utility - np.log(np.exp(utility).sum(axis=1, keepdims=True))
    chances: Floats = np.exp(logs)
    return chances, logs


def _middle(design: Floats, chances: Floats) -> Floats:
    found: Floats = np.einsum("mo,mop->mp", chances, design)
    return found


def _information(design: Floats, often: Floats, unknown: Floats) -> Floats:
    chances = _chances(design, unknown)[0]
    off = design - _middle(design, chances)[:, None, :]
    weight: Floats = np.sqrt(chances * often.sum(axis=1, keepdims=True))[:, :, None] * off
    flat = weight.reshape(-1, design.shape[2])
    found: Floats = flat.T @ flat
    return found


def _climbed(design: Floats, often: Floats, count: int) -> Floats:
    """The unknowns at the peak; one direction, all strengths alike, changes nothing and is held."""
    unknown: Floats = np.zeros(design.shape[2])
    held = np.zeros(design.shape[2])
    held[:count] = 1
    for _ in range(STEPS):
        chances, logs = _chances(design, unknown)
        slope = np.einsum("mo,mop->p", often - chances * often.sum(axis=1, keepdims=True), design)
        if float(np.abs(slope).max()) <= CLOSE * float(often.sum()):
            found: Floats = unknown - held * unknown[:count].mean()
            return found
        step = np.linalg.solve(_information(design, often, unknown) + np.outer(held, held), slope)
        # At the peak a full step changes the likelihood by less than its own rounding, which is no reason to halve it.
        least, part = float((often * logs).sum()) * (1 + 1e-12), 1.0
        while part > 1e-8 and float((often * _chances(design, unknown + part * step)[1]).sum()) < least:
            part /= 2
        unknown = unknown + part * step
    raise InputError("The comparisons come to no most likely strengths.", "Make more comparisons of those seldom met.")
