"""The cases of a run, the worst first, each with what its scores rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eval.cases.case import Suite
from eval.running.rows import Rows
from eval.running.side import metric_of
from eval.running.summary import COST


@dataclass(frozen=True)
class Seen:
    """A case as it is read: what was given, what came, and every score below the best, in words."""

    id: str
    cluster: str
    lost: float
    given: dict[str, Any]
    content: dict[str, Any]
    fault: str
    reasons: tuple[tuple[str, float | None, str, str], ...]


def worst(rows: Rows, run: str, suite: Suite | None, most: int) -> list[Seen]:
    """Up to `most` cases with something wrong. What one lost is how far its scores lie below the run's best, each
    metric measured by its own span, so that a metric of large figures does not drown the others."""
    spans: dict[str, tuple[float, float]] = {}
    scores = list(rows.scores(run))
    for score in scores:
        if score.value is not None:
            low, high = spans.get(metric_of(score), (score.value, score.value))
            spans[metric_of(score)] = (min(low, score.value), max(high, score.value))
    lost: dict[str, float] = {}
    reasons: dict[str, list[tuple[str, float | None, str, str]]] = {}
    for score in scores:
        behind = 1.0 if score.fault else _behind(metric_of(score), score.value, spans)
        if behind > 0:
            lost[score.case_id] = lost.get(score.case_id, 0.0) + behind
            told = (metric_of(score), score.value, score.why, score.evidence)
            reasons.setdefault(score.case_id, []).append(told)
    given = {case.id: case.given for case in suite.cases} if suite else {}
    order = sorted(lost, key=lambda case: (-lost[case], case))[:most]
    answers = {row.case_id: row for row in rows.answers(run) if row.case_id in set(order)}
    return [
        Seen(
            id,
            answers[id].cluster,
            lost[id],
            given.get(id, {}),
            answers[id].content,
            answers[id].fault,
            tuple(sorted(reasons[id], key=lambda one: one[0])),
        )
        for id in order
    ]


def _behind(metric: str, value: float | None, spans: dict[str, tuple[float, float]]) -> float:
    if value is None:
        return 0.0
    low, high = spans[metric]
    if low >= 0 and high <= 1 and not metric.endswith(COST):
        return 1.0 - value
    width = high - low
    return 0.0 if width == 0 else ((value - low) if metric.endswith(COST) else (high - value)) / width
