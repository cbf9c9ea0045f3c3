"""What came of actions leaves the desk without anybody who could be known by it, and without a propensity it never had."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from assistant.domain.action import Action, Suppressed
from assistant.store.actions import ActionStore
from tests.commanding import Command
from tests.unit.harvest.reviewing import Review

AT = dt.datetime(2026, 11, 18, 9, 0)


def action(number: int, customer: str, **more: Any) -> Action:
    told: dict[str, Any] = {
        "action_id": f"a{number:015}", "trigger": "maturity", "scenario": "B2", "customer_id": customer,
        "cause": f"c{number}", "fired_at": AT, "due_at": AT, "action": "call", "kind": "sales", "owner": "relationship_manager",
        "channel": "call", "product": "TD-24M", "score": 1.0, "reasons": (), "manager": "M-7",
        "propensity": 0.125, "audience": ("salary", "35-44"), **more,
    }  # fmt: skip
    return Action.model_validate(told)


def kept(review: Review, *found: tuple[Action, tuple[str, ...]]) -> None:
    store = ActionStore(review.desk.database)
    store.merge([one for one, _ in found])
    for one, came in found:
        for minute, outcome in enumerate(came):
            store.record(one, outcome, "打13812345678找李娜", "rita", AT + dt.timedelta(minutes=minute))


def harvested(command: Command, *more: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    code, out, said = command("eval", "harvest", "--out", "out", "--json", *more)
    assert code == 0, said
    return json.loads(out), [json.loads(line) for line in Path("out/outcomes.jsonl").read_text("utf-8").splitlines()]


def test_the_last_outcome_of_each_action_is_a_row_and_silence_is_none(command: Command, review: Review) -> None:
    kept(
        review,
        (action(1, "C-100"), ("no_answer", "reached", "bought")),
        (action(2, "C-100"), ("refused",)),
        (action(3, "C-200"), ("no_answer",)),
        (action(4, "C-300", suppressed=Suppressed(by="x", why="y")), ()),
    )
    told, rows = harvested(command)
    assert told["outcomes"] == 2 and told["left_out"] == {"outcomes_that_say_nothing": 2}
    assert [(row["customer"], row["outcome"], row["reward"]) for row in rows] == [(1, "refused", 0), (1, "bought", 1)]
    assert rows[0]["action"] == "maturity" and rows[0]["foreseen"] == 0.125 and rows[0]["month"] == "2026-11"


def test_no_customer_no_manager_and_no_note_leaves_the_desk(command: Command, review: Review) -> None:
    kept(review, (action(1, "C-100"), ("bought",)))
    harvested(command)
    whole = b"".join(path.read_bytes() for path in Path("out").iterdir()).decode()
    assert not [word for word in ("C-100", "M-7", "rita", "李娜", "13812345678", "a000000000000001") if word in whole]


def test_a_propensity_that_nobody_kept_is_said_and_not_made_up(command: Command, review: Review) -> None:
    kept(review, (action(1, "C-100"), ("bought",)), (action(2, "C-200"), ("refused",)))
    told, rows = harvested(command)
    assert "propensity" not in rows[0] and "keeps no probability" in told["notes"][0]
    code, _out, said = command("eval", "policy", "out/outcomes.jsonl", "--target", "uniform", "--cluster", "customer")
    assert code == 2 and "there is no “propensity”" in said
