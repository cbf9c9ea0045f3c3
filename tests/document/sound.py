"""A request for each operation that the desk of `whole` can grant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CELL = {
    "campaign": "B1-TERM2Y",
    "segment": "affluent",
    "age": "45-54",
    "channel": "sms",
    "locale": "zh-Hans",
    "market": "cn",
}
AT = "2026-11-23T10:00:00+08:00"
SHEET = "文案编号,日期,曝光数,点击数\n{own},2026-11-23,100,5\n"


def sound(method: str, path: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """What `Case` takes, and the role that asks where it is not the first that may."""
    texts = known["texts"]
    kinds = {"run": "runs", "experiment": "experiments", "own": path.split("/")[3] if "/api/" in path else ""}
    place = {name: known[kind][0] for name, kind in kinds.items() if f"{{{name}}}" in path}
    body: dict[tuple[str, str], dict[str, Any]] = {
        ("GET", "/runs/{run}/export.{ending}"): {"path_parameters": {**place, "ending": "xlsx"}},
        ("POST", "/events"): {"body": {"event_id": "e1", "customer_id": known["customer"], "at": AT, "kind": "login"}},
        ("POST", "/actions/reassign"): {"body": {"absent": [known["manager"]], "to": known["others"][:1]}},
        ("POST", "/actions/{own}/outcome"): {"body": {"outcome": "reached", "at": "2026-11-10T11:00:00+08:00"}},
        ("GET", "/actions/{own}/script"): {"query": {"locale": "en"}},
        ("PUT", "/texts/{own}"): {"body": {"text": "words"}, "path_parameters": {"own": texts[7]}},
        ("POST", "/texts/decisions"): {"body": {"act": "retire", "texts": [{"id": texts[0]}]}},
        ("POST", "/packages"): {"body": {"name": "May", "waves": {"first": texts[6:]}}},
        ("POST", "/packages/{own}/decisions"): {"body": {"act": "submit"}},
        ("POST", "/packages/{own}/read"): {"body": {"sentences": known["sentences"][:1]}},
        ("POST", "/exports"): {"body": {"order": {"campaign": "B1-TERM2Y", "send_at": AT}}},
        ("POST", "/exports/{own}/run"): {"path_parameters": {"own": known["waiting"]}},
        ("POST", "/exports/{own}/cancel"): {"path_parameters": {"own": known["waiting"]}},
        ("GET", "/exports/{own}/{table}"): {"path_parameters": {**place, "table": "file"}},
        ("POST", "/results"): {
            "body": {"source": "hub", "rows": [{"item": texts[0], "day": "2026-11-23", "exposures": 100, "clicks": 9}]}
        },
        ("POST", "/results/file"): {
            "query": {"name": "may.csv"},
            "body": SHEET.format(own=texts[1]).encode(),
            "media_type": "application/octet-stream",
        },
        ("GET", "/assets"): {"query": {"text": "定期"}},
        ("POST", "/assets/{own}/reuse"): {"body": {"cell": CELL, "send_on": "2026-11-23"}},
        ("POST", "/segments/list"): {
            "query": {"name": "may.csv"},
            "body": b"customer_id,segment\nC1,salary\n",
            "media_type": "application/octet-stream",
        },
        ("POST", "/briefs"): {"body": {"campaign": "B1-TERM2Y", "segments": ["salary"], "channels": ["sms"]}},
        ("GET", "/knowledge/{section}"): {"path_parameters": {"section": "products"}},
        ("GET", "/knowledge/{section}/{own}"): {"path_parameters": {"section": "products", "own": "TD-24M"}},
        ("POST", "/knowledge/proposals"): {
            "body": {"section": "products", "id": "TD-12M", "values": {"facts": {"rate": {"rate": "1.95%"}}}}
        },
        ("POST", "/knowledge/proposals/{own}/decisions"): {"body": {"act": "withdraw"}},
        ("POST", "/lint"): {"body": {"cases": [{"id": "1", "text": "本产品保本保息", "channel": "sms"}]}},
    }
    return {"path_parameters": place, **body.get((method, path.removeprefix("/api/v1")), {})}
