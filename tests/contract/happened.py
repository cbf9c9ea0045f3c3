"""What happened at a desk, put into its tables: texts, decisions, exports, calls. For whatever counts it."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from assistant.domain.action import Action
from assistant.domain.export import Counts, Export, Order
from assistant.domain.finding import Finding
from assistant.domain.item import Act, Decision, Item, State
from assistant.store.database import Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from tests.contract.rows import BRIEF, CELL, NOW, written

_ids = itertools.count()


def item(own: str, state: State, **more: Any) -> Item:
    return Item(
        id=own, draft=own, run="r", cell=more.pop("cell", CELL), makers=("mei",), state=state, version=1, content="c",
        knowledge="k", verdict="pass", changed_by="mei", changed_at=NOW, **more,
    )  # fmt: skip


def keep(database: Database, *items: Item) -> None:
    with DeskStore(database).book() as book:
        for one in items:
            book.put(one)


def decide(database: Database, own: str, act: Act, at: dt.datetime, version: int = 1, reason: str = "") -> None:
    decision = Decision(
        id=f"n{next(_ids)}", item=own, version=version, act=act, source="submitted", target="approved", by="chen", at=at,
        reason=reason, content="c", knowledge="k",
    )  # fmt: skip
    with DeskStore(database).book() as book:
        book.note(decision, {})


def finding(rule: str, severity: str) -> Finding:
    return Finding.model_validate(
        {"rule": rule, "severity": severity, "start": 0, "end": 1, "text": "x", "message": "m", "reference": "r"}
    )


def write(database: Database, run: str, *ids: str, **more: Any) -> None:
    store = DraftStore(database)
    store.begin(run, BRIEF, "v", "phrases")
    store.put(run, written(*ids, **more))


def export(own: str, stand: str, send_at: dt.datetime, *items: str, **more: Any) -> Export:
    order = Order.model_validate({"campaign": "B1-TERM2Y", "send_at": send_at, **more})
    return Export.model_validate(
        {"id": own, "stand": stand, "by": "mei", "made_at": NOW, "order": order, "items": items, "counts": Counts(rows=7),
         "ran_at": NOW if stand == "done" else None}
    )  # fmt: skip


def call(own: str, due: dt.datetime, manager: str = "RM1", owner: str = "relationship_manager") -> Action:
    return Action.model_validate(
        {"action_id": own, "trigger": "G1-INFLOW", "scenario": "G1", "customer_id": own, "cause": own, "fired_at": due,
         "due_at": due, "action": "call", "kind": "sales", "owner": owner, "channel": "call", "product": None,
         "score": 1.0, "reasons": (), "manager": manager}
    )  # fmt: skip
