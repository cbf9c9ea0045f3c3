"""Two sides, case by case: what changed by metric, how sure that is, and which cases it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import InputError
from eval.running.side import Side
from eval.running.summary import COST
from eval.statistics.holm import holm
from eval.statistics.paired import McNemar, Paired, difference, discordant
from eval.statistics.undefined import Undefined


@dataclass(frozen=True)
class Change:
    """A metric over the cases that both sides have with the same content. `paired` is second less first, in the
    direction that is better where it is above 0; `p` is Holm's over all metrics, `worse` the same one-sided, of being
    worse. `flips` where every value is 0 or 1. `moved` are the cases whose value changed, the worst first."""

    metric: str
    cases: int
    first: float
    second: float
    paired: Paired | Undefined
    p: float
    worse: float
    flips: McNemar | None
    moved: tuple[tuple[str, float], ...]

    def told(self) -> dict[str, Any]:
        """The change as JSON."""
        told: dict[str, Any] = {"metric": self.metric, "cases": self.cases, "first": self.first, "second": self.second}
        if isinstance(self.paired, Undefined):
            return {**told, "why": self.paired.why}
        span = self.paired.estimate.interval()
        told |= {"change": span.value, "low": span.low, "high": span.high, "p": self.p}
        told |= {"clusters": self.paired.estimate.clusters, "worst": [list(one) for one in self.moved[:10]]}
        if self.flips:
            told |= {"lost": self.flips.only_first, "won": self.flips.only_second, "mcnemar": self.flips.mid}
        return told


@dataclass(frozen=True)
class Comparison:
    """Every change, and what could not be compared: cases of one side alone, or of other content, and faults."""

    first: Side
    second: Side
    changes: tuple[Change, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    rewritten: tuple[str, ...]
    other_scorers: tuple[str, ...] = field(default=())


def compared(first: Side, second: Side) -> Comparison:
    """Compare two sides of one suite. InputError where they are of different suites or have no case in common."""
    if first.suite != second.suite:
        what = f"{first.name} is of the suite “{first.suite}”, {second.name} of “{second.suite}”."
        raise InputError(what, "Compare two of one suite.")
    both = sorted(first.hashes.keys() & second.hashes.keys())
    same = [case for case in both if first.hashes[case] == second.hashes[case]]
    if not same:
        what = f"{first.name} and {second.name} have no case in common."
        raise InputError(what, "Make the baseline anew: copydesk eval baseline.")
    shared = first.scorers.keys() & second.scorers.keys()
    other = sorted(name for name in shared if first.scorers[name] != second.scorers[name])
    known = [metric for metric in first.values.keys() & second.values.keys() if _scorer(metric) not in other]
    # Where neither side says anything of any case (no embedding model is set, say), there is nothing to compare.
    metrics = sorted(metric for metric in known if _says(first, metric) or _says(second, metric))
    raw = [_raw(metric, first, second, same) for metric in metrics]
    two = holm({one.metric: one.p for one in raw})
    below = holm({one.metric: one.worse for one in raw})
    changes = [Change(**{**vars(one), "p": two[one.metric], "worse": below[one.metric]}) for one in raw]
    return Comparison(
        first,
        second,
        tuple(changes),
        tuple(sorted(first.hashes.keys() - second.hashes.keys())),
        tuple(sorted(second.hashes.keys() - first.hashes.keys())),
        tuple(case for case in both if case not in set(same)),
        tuple(other),
    )


def _raw(metric: str, first: Side, second: Side, cases: Sequence[str]) -> Change:
    """A metric's change, its p-values not yet adjusted."""
    sign = -1.0 if metric.endswith(COST) else 1.0
    pairs = [(case, first.values[metric].get(case), second.values[metric].get(case)) for case in cases]
    known = [(case, one, other) for case, one, other in pairs if one is not None and other is not None]
    one = [sign * value for _, value, _ in known]
    other = [sign * value for _, _, value in known]
    paired = difference(one, other, [second.clusters[case] for case, _, _ in known])
    p = worse = 1.0
    if isinstance(paired, Paired):
        p = paired.estimate.p()
        worse = p / 2 if paired.estimate.value < 0 else 1 - p / 2
    binary = bool(known) and sign > 0 and {*one, *other} <= {0.0, 1.0}
    flips = discordant([bool(value) for value in one], [bool(value) for value in other]) if binary else None
    moved = sorted(((c, b - a) for (c, _, _), a, b in zip(known, one, other, strict=True) if a != b), key=_by_change)
    means = (
        (sum(v for _, v, _ in known) / len(known), sum(v for _, _, v in known) / len(known)) if known else (0.0, 0.0)
    )
    return Change(metric, len(known), *means, paired, p, worse, flips, tuple(moved))


def _says(side: Side, metric: str) -> bool:
    return any(value is not None for value in side.values[metric].values())


def _by_change(one: tuple[str, float]) -> tuple[float, str]:
    return one[1], one[0]


def _scorer(metric: str) -> str:
    return metric.partition("/")[0]
