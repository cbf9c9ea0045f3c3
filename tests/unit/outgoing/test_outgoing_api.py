"""Exports, results and assets over the API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.store.audit import AuditStore
from tests.conftest import here
from tests.unit.api.staff import as_person, hire

LATER = "2099-11-23T10:00:00+08:00"


@pytest.fixture
def client(released: Desk) -> Iterator[TestClient]:
    with here(api(released)) as made:
        yield made


def ask(client: TestClient, **more: Any) -> Any:
    order = {"campaign": "B1-TERM2Y", "send_at": NOW.isoformat(), **more.pop("order", {})}
    return client.post("/api/v1/exports", json={"order": order, **more})


def test_an_export_is_made_and_taken_away_and_both_are_told(released: Desk, client: TestClient) -> None:
    made = ask(client, order={"form": "xlsx"})
    assert made.status_code == 201
    told = made.json()
    got = client.get(f"/api/v1/exports/{told['id']}/file")
    assert hashlib.sha256(got.content).hexdigest() == told["digest"] and got.headers["cache-control"] == "no-store"
    assert client.get(f"/api/v1/exports/{told['id']}/meta").json()["sha256"] == told["digest"]
    assert str(released.settings.home) not in made.text
    acts = [row.act for row in AuditStore(released.database).rows(subject=f"export:{told['id']}")]
    assert acts == ["export", "take_export", "take_export"]


def test_exports_are_listed_page_by_page(client: TestClient) -> None:
    ids = [ask(client).json()["id"] for _ in range(3)]
    first = client.get("/api/v1/exports", params={"limit": 2}).json()
    rest = client.get("/api/v1/exports", params={"limit": 2, "after": first["next"]}).json()
    found = [one["id"] for one in (*first["exports"], *rest["exports"])]
    assert sorted(found) == sorted(ids) and rest["next"] is None


def test_a_scheduled_export_has_no_file_until_it_runs(client: TestClient) -> None:
    told = ask(client, schedule=True, order={"send_at": LATER}).json()
    assert told["stand"] == "scheduled"
    assert client.get(f"/api/v1/exports/{told['id']}/file").status_code == 404
    assert client.post(f"/api/v1/exports/{told['id']}/cancel").json()["stand"] == "cancelled"
    assert client.post(f"/api/v1/exports/{told['id']}/run").status_code == 409


def test_a_request_reads_no_file_of_the_server_and_gives_none_but_the_exports(client: TestClient) -> None:
    refused = ask(client, order={"customers": "/etc/passwd", "per_customer": True})
    assert refused.status_code == 400 and "no file" in refused.text
    own = ask(client).json()["id"]
    for table in ("..", "%2e%2e%2f%2e%2e%2fcopydesk.db", "meta.json", "copydesk.db"):
        assert client.get(f"/api/v1/exports/{own}/{table}").status_code in (400, 404, 405, 200) and (
            b"SQLite" not in client.get(f"/api/v1/exports/{own}/{table}").content
        )


def test_who_may_not_export_is_told_so(released: Desk) -> None:
    hire(released, "wu", "checker")
    client = as_person(api(released), released, "wu")
    for answer in (ask(client), client.get("/api/v1/exports"), client.get("/api/v1/exports/x/file")):
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "order",
    [{"form": "docx"}, {"sendat": "x"}, {"send_at": "soon"}, {"campaign": None}, {"rollout": {"experiment": "a b"}}],
)
def test_a_wrong_order_is_no_fault_of_the_server(client: TestClient, order: dict[str, Any]) -> None:
    assert ask(client, order=order).status_code in (400, 422)


def test_results_come_as_rows_or_as_a_file_and_are_shown(released: Desk, client: TestClient, tmp_path: Path) -> None:
    own = [one.id for one in released.shelf.listed(state="released")]
    row = {"item": own[0], "day": "2026-11-23", "exposures": 100, "clicks": 20}
    for expected in ({"new": 1, "changed": 0, "known": 0}, {"new": 0, "changed": 0, "known": 1}):
        assert client.post("/api/v1/results", json={"source": "hub", "rows": [row]}).json() == expected
    body = f"文案编号,日期,曝光数,点击数\n{own[1]},2026-11-23,100,5\n".encode("gbk")
    taken = client.post("/api/v1/results/file", params={"name": "../../may.csv", "source": "file"}, content=body)
    assert taken.json() == {"new": 1, "changed": 0, "known": 0}
    shown = client.get("/api/v1/results", params={"group": ["item", "channel"], "criterion": "clicks"}).json()
    assert shown["total"]["count"] == 25 and len(shown["by"]["item"]) == 2


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.csv", b""), ("a.xlsx", b"PK\x03\x04 and nothing"), ("a.pdf", b"%PDF-1.7"), ("a", b"x" * 100),
     ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))],
)  # fmt: skip
def test_a_file_that_is_no_delivery_is_a_wrong_request(client: TestClient, name: str, body: bytes) -> None:
    assert client.post("/api/v1/results/file", params={"name": name}, content=body).status_code == 400


def test_a_file_of_over_100_mb_is_refused_before_it_is_kept(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.api.upload.MOST", 1000)

    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * 500

    for body in (b"x" * 1001, pieces()):
        answer = client.post("/api/v1/results/file", params={"name": "a.csv"}, content=body)
        assert answer.status_code == 400 and "longer than" in answer.text


def test_assets_are_found_and_reused(released: Desk, client: TestClient) -> None:
    found = client.get("/api/v1/assets", params={"text": "定期", "channel": "sms", "locale": "zh-Hans"}).json()
    cell = {"campaign": "B1-TERM2Y", "segment": "affluent", "age": "45-54", "channel": "sms", "locale": "zh-Hans"}
    wanted = {"cell": {**cell, "market": "cn"}, "send_on": "2026-11-23"}
    made = client.post(f"/api/v1/assets/{found[0]['id']}/reuse", json=wanted)
    assert made.status_code == 201 and made.json()["variants"][0]["writer"] == f"asset:{found[0]['id']}"
    assert client.post("/api/v1/assets/nosuch/reuse", json=wanted).status_code == 404
    for key in ("campaign", "segment", "age", "channel", "market"):
        strange = {**wanted, "cell": {**cell, "market": "cn", key: "nosuch"}}
        assert client.post(f"/api/v1/assets/{found[0]['id']}/reuse", json=strange).status_code in (400, 404), key
    released.outgoing.library.close()
