"""The gate: a change passes, is a regression, or has too little evidence for either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from eval.comparing.compare import Change, Comparison
from eval.statistics.undefined import Undefined

Verdict = Literal["passed", "regressed", "not enough evidence"]
EXIT: dict[Verdict, int] = {"passed": 0, "regressed": 1, "not enough evidence": 3}
MARGIN = 0.02
"""How much worse a metric may be where its suite says nothing."""
LEVEL = 0.05
"""How often, at most, the gate blocks a change that changed nothing: over all metrics together."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the gate says of a metric, or of the run where `metric` is empty, and why."""

    metric: str
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Gated:
    """The worst of the rulings, and all of them."""

    verdict: Verdict
    rulings: tuple[Ruling, ...]


def gated(found: Comparison, margins: Mapping[str, float], default: float = MARGIN) -> Gated:
    """A metric passes where a loss above its margin is excluded (one-sided, 5 %); it is a regression where that is not
    so and it is worse beyond chance (one-sided, Holm over all metrics, 5 %); else the evidence is not enough."""
    rulings = [_ruling(change, _margin(change.metric, margins, default)) for change in found.changes]
    named = {part for metric in found.first.values.keys() | found.second.values.keys() for part in _names(metric)}
    for name in sorted(margins.keys() - named):
        why = f"The suite sets a margin for “{name}”, which is no metric of it: mend its name in the suite."
        rulings.append(Ruling(name, "not enough evidence", why))
    lost = sorted(found.first.values.keys() - found.second.values.keys())
    rulings += [Ruling(metric, "not enough evidence", "The second side has no such metric.") for metric in lost]
    if found.only_first:
        why = f"{len(found.only_first)} cases of the baseline are missing, such as {found.only_first[0]}."
        rulings.append(Ruling("", "not enough evidence", why))
    for scorer in found.other_scorers:
        why = f"The scorer {scorer} has another version than in the baseline: its figures cannot be compared."
        rulings.append(Ruling("", "not enough evidence", why))
    # A case that could not be answered is a value of the metric “answered”; one that could not be scored has none.
    crashed = {case: why for case, why in found.second.faults.items() if found.second.values["answered"].get(case)}
    if crashed:
        case, why = next(iter(sorted(crashed.items())))
        rulings.append(Ruling("", "not enough evidence", f"{len(crashed)} cases have no score; {case}: {why}"))
    said = {one.verdict for one in rulings} or {"not enough evidence"}
    return Gated(next(verdict for verdict in _WORST if verdict in said), tuple(rulings))


def _names(metric: str) -> tuple[str, str]:
    """A metric's full name, and its own without its scorer's: a suite may use either."""
    return metric, metric.partition("/")[2] or metric


def _margin(metric: str, margins: Mapping[str, float], default: float) -> float:
    full, own = _names(metric)
    return margins.get(full, margins.get(own, default))


_WORST: tuple[Verdict, ...] = ("regressed", "not enough evidence", "passed")


def _ruling(change: Change, margin: float) -> Ruling:
    if isinstance(change.paired, Undefined):
        return Ruling(change.metric, "not enough evidence", change.paired.why)
    span = change.paired.estimate.interval(1 - 2 * LEVEL)
    told = f"{span.value:+.4f} ({span.low:+.4f} to {span.high:+.4f}) over {change.cases} cases"
    if span.low >= -margin:
        return Ruling(change.metric, "passed", f"{told}: a loss above {margin:g} is excluded.")
    if change.worse < LEVEL:
        return Ruling(change.metric, "regressed", f"{told}: worse beyond chance (p {change.worse:.2g}).")
    return Ruling(
        change.metric, "not enough evidence", f"{told}: neither no loss nor one above {margin:g} is excluded."
    )
