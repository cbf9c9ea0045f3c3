"""What came of actions, as a log: what was done in which context, and what it earned. Nobody can be told from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.store.actions import ActionStore
from eval.harvest.reading import Reading
from eval.harvest.terms import Terms

NO_PROPENSITY = (
    "The desk chooses its actions by rank and never by chance, so it keeps no probability of having chosen one: the "
    "log has no “propensity”, and copydesk eval policy refuses it. “foreseen” is how likely the desk held a success."
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Outcomes:
    """Rows in the order in which outcomes were recorded; `silent`: those that say nothing about an action's worth."""

    rows: tuple[Row, ...]
    silent: int


def outcomes(reading: Reading, terms: Terms) -> Outcomes:
    """The last outcome of each action that has one. `customer` counts from 1 within the file: the id, the manager and
    what was noted stay at the desk."""
    store = ActionStore(reading.desk.database)
    actions = {action.action_id: action for action, _state in store.of_customers()}
    last: dict[str, Row] = {}
    silent = 0
    for row in store.outcomes():
        if row["action"] not in actions or not reading.fresh(row["at"]):
            continue
        if row["outcome"] in terms.rewards:
            last[row["action"]] = row
        else:
            silent += 1
    people: dict[str, int] = {}
    rows = []
    for own in sorted(last, key=lambda one: (last[one]["at"], one)):
        action, row = actions[own], last[own]
        rows.append(
            {
                "customer": people.setdefault(action.customer_id, len(people) + 1),
                "month": f"{row['at']:%Y-%m}",
                "segment": action.audience[0],
                "age": action.audience[1],
                "owner": action.owner,
                "kind": action.kind,
                "channel": action.channel or "",
                "product": action.product or "",
                "action": action.trigger,
                "foreseen": action.propensity,
                "outcome": row["outcome"],
                "reward": terms.rewards[row["outcome"]],
            }
        )
    return Outcomes(tuple(rows), silent)
