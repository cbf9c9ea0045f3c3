"""Whether cases fell to the arms as planned; the test itself is the one that results of campaigns are held to."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.errors import InputError
from assistant.review.results.statistics import Ratio, sample_ratio
from eval.statistics.undefined import Undefined


def fell(seen: Mapping[str, int], planned: Mapping[str, float]) -> Ratio | Undefined:
    """Pearson's test of counts by arm against planned shares. InputError: an arm not planned, a wrong count."""
    strange = sorted(set(seen) - set(planned))
    if strange:
        raise InputError(f"No share is planned for {', '.join(strange)}.", "Plan a share for each arm that has cases.")
    wrong = sorted({name for name, one in seen.items() if one < 0} | {n for n, one in planned.items() if not one > 0})
    if wrong:
        raise InputError(f"The count or the share of {', '.join(wrong)} is wrong.", "Count from 0; plan above 0.")
    if len(planned) < 2:
        return Undefined("There is one arm: nothing to compare it with.")
    if sum(seen.values()) == 0:
        return Undefined("No case has fallen to an arm yet.")
    return sample_ratio(seen, planned)
