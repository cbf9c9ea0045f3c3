"""The share of texts that pass, corrected for how often the judge is wrong (Rogan and Gladen 1978).

Of what people pass the judge passes a share (sensitivity), of what they fail it fails a share (specificity); from both
the share that people would pass follows: (rate + specificity - 1) / (sensitivity + specificity - 1). The interval draws
whole clusters anew, of the calibration and of the run, each by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.review.results.statistics import Interval
from eval.statistics.agreement import LOST, Draw
from eval.statistics.clusters import Floats
from eval.statistics.intervals import percentiles, resampled
from eval.statistics.undefined import Undefined

Known = Mapping[str, Sequence[int]]
"""Cluster → of its items: both passed, people passed, both failed, people failed."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Shares from 0 to 1: what the judge passes, how right it is with what people pass and with what they fail, and the
    corrected share, or why there is none."""

    rate: float
    sensitivity: float
    specificity: float
    corrected: Interval | Undefined


def known(rows: Iterable[tuple[str, int, int]], level: int) -> dict[str, list[int]]:
    """What a calibration tells of a judge's errors. `rows`: cluster, people's level, the judge's; from `level` on a
    text passes."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for cluster, people, judge in rows:
        counts, passes = found[cluster], people >= level
        at = 0 if passes else 2
        counts[at] += passes == (judge >= level)
        counts[at + 1] += 1
    return dict(found)


def corrected(calibration: Known, run: Iterable[tuple[str, bool]], drawn: Draw) -> Passing | Undefined:
    """The corrected share of a run. `run`: the cluster of each text and whether the judge passed it."""
    passes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for cluster, passed in run:
        passes[cluster][0] += passed
        passes[cluster][1] += 1
    table, texts = (
        np.array(list(calibration.values()), dtype=np.float64),
        np.array(list(passes.values()), dtype=np.float64),
    )
    if not len(texts):
        return Undefined("The judge judged no text.")
    whole = table.sum(axis=0) if len(table) else np.zeros(4)
    if not whole[1] or not whole[3]:
        which = "passes" if not whole[1] else "fails"
        return Undefined(
            f"People's majority {which} no text of the calibration: half of the judge's error is not known."
        )
    rate = float(texts[:, 0].sum() / texts[:, 1].sum())
    right, wrong = float(whole[0] / whole[1]), float(whole[2] / whole[3])
    if right + wrong <= 1:
        what = "The judge passes what people fail at least as often as what they pass: nothing can be corrected."
        return Passing(rate, right, wrong, Undefined(what))
    value = _clipped(np.array([rate]), np.array([right]), np.array([wrong]))[0]
    return Passing(rate, right, wrong, _interval(float(value), table, texts, drawn))


def _interval(value: float, table: Floats, texts: Floats, drawn: Draw) -> Interval | Undefined:
    if min(len(table), len(texts)) < 2:
        return Undefined("All texts are of one cluster: nothing tells how another would fall out.")
    errors = resampled(table, drawn.resamples, drawn.seed)
    rates = resampled(texts, drawn.resamples, drawn.seed + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        right, wrong, rate = errors[:, 0] / errors[:, 1], errors[:, 2] / errors[:, 3], rates[:, 0] / rates[:, 1]
        found = _clipped(rate, right, wrong)
    kept = found[np.isfinite(found) & (right + wrong > 1)]
    if len(kept) < (1 - LOST) * drawn.resamples:
        return Undefined("The judge tells passing from failing hardly better than chance: the interval is without end.")
    clusters = min(len(table), len(texts))
    low, high = percentiles(kept, clusters - 1, clusters, drawn.level)
    return Interval(value, max(0.0, low), min(1.0, high))


def _clipped(rate: Floats, right: Floats, wrong: Floats) -> Floats:
    found: Floats = np.clip((rate + wrong - 1) / (right + wrong - 1), 0.0, 1.0)
    return found
