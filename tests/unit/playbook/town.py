"""A town of customers for the playbook's tests: cases as tables, one scan for all cases of a moment."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.playbook.database import local
from assistant.playbook.scan import scan

HERE = Path(__file__).parent
PLAIN: dict[str, Any] = {
    "name": "测试", "sex": "F", "birth_date": "1985-05-20", "city": "宁波", "segment": "salary", "risk_rating": "C3",
    "risk_assessed_at": "2026-05-01", "risk_assessed_by": "online", "lifecycle": "active", "demand_balance": 20000,
    "total_assets": 60000, "tags": "", "preferred_channel": "wecom", "marketing_consent": "true", "rm_id": "RM1",
    "registered_at": "2024-03-01T09:00:00", "opened_at": "2024-03-02T09:00:00", "payday": 25,
    "id_expires_on": "2033-01-01", "satisfaction": 9, "risk_light": "green", "trusted_contact": "",
}  # fmt: skip
HOLDING = ("customer_id", "product_id", "amount", "opened_on", "matures_on")
EVENT = ("event_id", "customer_id", "at", "kind", "amount", "attributes")


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    return list(yaml.safe_load((HERE / name).read_text(encoding="utf-8"))["cases"])


def populate(folder: Path, told: Iterable[Mapping[str, Any]]) -> None:
    """Write the three tables for cases, each case a customer of its own, named as the case."""
    customers, holdings, events = [], [], []
    for case in told:
        own = case["id"]
        customers.append({"customer_id": own, **PLAIN, **case.get("customer", {})})
        holdings += [{**held, "customer_id": own} for held in case.get("holdings", [])]
        happened = list(case.get("events", []))
        if case.get("plain_purchase", True):
            moment = dt.datetime.fromisoformat(case["as_of"]) - dt.timedelta(days=2)
            happened.append({"at": moment.isoformat(), "kind": "purchase", "amount": 50})
        for place, one in enumerate(happened):
            row = {**one, "event_id": f"{own}-{one.get('event_id', place)}", "customer_id": own}
            events.append({**row, "attributes": json.dumps(one.get("attributes", {}), ensure_ascii=False)})
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(key for row in customers for key in row))
    _write(folder / "customers.csv", columns or ["customer_id", *PLAIN], customers)
    _write(folder / "holdings.csv", HOLDING, holdings)
    _write(folder / "events.csv", EVENT, events)


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), restval="", extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: "" if value is None else _plain(value) for key, value in row.items()})


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def scanned(pack: Pack, folder: Path, told: Iterable[Mapping[str, Any]]) -> dict[str, list[Action]]:
    """Every case's actions: one scan a moment, over all cases of that moment."""
    by_moment: dict[str, list[Mapping[str, Any]]] = {}
    for case in told:
        by_moment.setdefault(case["as_of"], []).append(case)
    found: dict[str, list[Action]] = {case["id"]: [] for group in by_moment.values() for case in group}
    for place, (as_of, group) in enumerate(by_moment.items()):
        populate(folder / str(place), group)
        now = local(dt.datetime.fromisoformat(as_of), pack.institution.timezone)
        for action in scan(pack, folder / str(place), now).actions:
            found[action.customer_id].append(action)
    return found
