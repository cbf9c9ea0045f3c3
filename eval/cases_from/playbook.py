"""Made-up people as cases: those on either side of a trigger's edge, and those to whom the town's stories happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

from eval.cases.load import SUITES
from eval.people.stories import OTHER_DAYS
from eval.people.town import AS_OF
from eval.people.write import town

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

SEED = 7


def cases(desk: Desk) -> Iterator[dict[str, Any]]:
    """The edges first; then a case a story: its trigger fires for its customer. The cluster is the scenario."""
    edges = yaml.safe_load((SUITES / "playbook" / "edges.yaml").read_text(encoding="utf-8"))
    for one in edges["cases"]:
        yield _edge(one, edges)
    for trigger, customer in town(SEED)[1].items():
        at = OTHER_DAYS.get(trigger, AS_OF)
        yield {
            "id": f"town/{trigger}",
            "cluster": desk.pack.trigger(trigger).scenario,
            "given": {"at": at.isoformat(), "town": SEED, "customer": customer},
            "expected": {"at_least": {customer: [trigger]}},
        }


def _edge(one: dict[str, Any], edges: dict[str, Any]) -> dict[str, Any]:
    at = one.get("at", edges["at"])
    people = {name: _person(who, edges, at) for name, who in one["people"].items()}
    expected = {"fires": {name: who["fires"] for name, who in one["people"].items()}}
    sold = {name: who["sold"] for name, who in one["people"].items() if "sold" in who}
    return {
        "id": one["id"],
        "cluster": one["cluster"],
        "given": {"at": at, "people": people},
        "expected": expected | ({"sold": sold} if sold else {}),
    }


def _person(who: dict[str, Any], edges: dict[str, Any], at: str) -> dict[str, Any]:
    """A person in full: columns as text, events in order, holdings."""
    columns = {key: str(value) for key, value in {**edges["plain"], **who.get("is", {})}.items()}
    events = [*(edges["usual"] if who.get("usual", True) else ()), *who.get("events", ())]
    if "each" in who:
        count, kind, amount, hours, about = who["each"]
        first = dt.datetime.fromisoformat(at) - dt.timedelta(hours=1)
        gap = dt.timedelta(hours=hours)
        events += [[(first - place * gap).isoformat(), kind, amount, about] for place in range(count)]
    return {"is": columns, "events": events, "holds": [[str(part) for part in row] for row in who.get("holds", ())]}
