"""Results as data that a page draws: a funnel, a drill-down, arms beside each other; small groups are not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.domain.result import FUNNEL, MEASURES, Criterion
from assistant.domain.rollout import Rollout
from assistant.review.results.statistics import newcombe, sample_ratio, wilson

SURE = 0.001
"""Below this a sample that chance should have made is taken for broken; twelve comparisons a day raise one false alarm
in three months."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one value of a dimension: how many of whom reached the criterion, with an interval of 95 %.

    `hidden`: so few that single people might be told apart; then there are no numbers.
    """

    key: str
    of: int | None
    count: int | None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


def funnel(total: Row, smallest: int) -> list[dict[str, Any]]:
    """Each step that somebody counted, its people and their share of the step before."""
    steps: list[dict[str, Any]] = []
    before: int | None = None
    for name in FUNNEL:
        count = total[name]
        if count is None:
            continue
        hidden = max(count, before or 0) < smallest
        share = count / before if before and not hidden else None
        steps.append({"step": name, "count": None if hidden else count, "share": share, "hidden": hidden})
        before = count
    return steps


def groups(rows: Sequence[Row], by: str, criterion: Criterion, smallest: int) -> list[Group]:
    """A group a value, in order; where one alone would be hidden the next smallest is too, or a sum would tell it."""
    told = [(str(row[by]), int(row[f"{criterion}_of"] or 0), int(row[f"{criterion}_counted"] or 0)) for row in rows]
    small = {key for key, of, _ in told if of < smallest}
    if len(small) == 1 and len(told) > 1:
        small.add(min((of, key) for key, of, _ in told if key not in small)[1])
    return [group(key, of, count, key in small) for key, of, count in told]


def group(key: str, of: int, count: int, hidden: bool) -> Group:
    """One group; nobody is no share."""
    if hidden or of == 0:
        return Group(key, None if hidden else 0, None if hidden else 0, hidden=hidden)
    found = wilson(count, of)
    return Group(key, of, count, found.value, found.low, found.high)


def compared(rows: Sequence[Row], rollout: Rollout, criterion: Criterion, smallest: int) -> dict[str, Any]:
    """Arms beside each other: their shares of people, their rates, each one's difference from the first.

    The first is a control that has results, else the arm of the largest share. `trusted`: whether people fell to the
    arms as planned; where they did not, no difference means anything, and none is told.
    """
    by_arm = {str(row["arm"]): row for row in rows}
    planned = {arm.name: float(arm.share) for arm in rollout.arms if arm.texts or arm.name in by_arm}
    seen = {name: _people(by_arm[name]) if name in by_arm else 0 for name in planned}
    found = groups(list(by_arm.values()), "arm", criterion, smallest)
    told: dict[str, Any] = {
        "experiment": rollout.experiment,
        "planned": planned,
        "people": {name: count if count >= smallest else None for name, count in seen.items()},
        "arms": [asdict(one) for one in found],
        "strange": sorted(set(by_arm) - set(planned)),
        "sample_ratio": None,
        "trusted": False,
        "differences": [],
    }
    if len(planned) < 2 or sum(seen.values()) == 0:
        return told
    ratio = sample_ratio(seen, planned)
    trusted = ratio.p >= SURE
    told |= {"sample_ratio": {**asdict(ratio), "limit": SURE}, "trusted": trusted}
    if trusted:
        told["differences"] = _differences(found, rollout)
    return told


def _people(row: Row) -> int:
    count = row["sent"] if row["sent"] is not None else row["exposures"]
    return int(count or 0)


def _differences(found: Sequence[Group], rollout: Rollout) -> list[dict[str, Any]]:
    known = {one.key: one for one in found if one.of}
    order = sorted(rollout.arms, key=lambda arm: (bool(arm.texts), -arm.share))
    first = next((arm.name for arm in order if arm.name in known), None)
    if first is None:
        return []
    base, told = known[first], []
    for arm in rollout.arms:
        one = known.get(arm.name)
        if one is not None and arm.name != first:
            assert one.count is not None and one.of and base.count is not None and base.of
            against = newcombe((one.count, one.of), (base.count, base.of))
            told.append({"arm": arm.name, "against": first, **asdict(against)})
    return told


def counted(total: Row) -> list[str]:
    """The measures that somebody counted."""
    return [name for name in MEASURES if total[name] is not None]
