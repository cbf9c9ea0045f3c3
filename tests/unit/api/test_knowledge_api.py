"""The knowledge over the API: looked at by everybody, changed by two, refused in the shape of every problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import current
from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.domain.person import ROLES
from assistant.domain.proposal import LONGEST
from tests.unit.api.staff import as_person, hire_all
from tests.unit.knowledge.conftest import filled, loaded, opened, own, place, small  # noqa: F401 - the desk that owns its knowledge

V1 = "/api/v1/knowledge"
RATE = {"section": "products", "id": "TD-24M", "values": {"facts": {"rate": {"rate": "2.30%"}}}, "note": "New rate."}


@pytest.fixture
def app(own: Desk) -> FastAPI:  # noqa: F811
    hire_all(own)
    return api(own)


def decide(client: TestClient, proposal: str, act: str, **more: Any) -> Any:
    return client.post(f"{V1}/proposals/{proposal}/decisions", json={"act": act, **more})


def test_every_role_looks_at_the_knowledge(app: FastAPI, own: Desk) -> None:  # noqa: F811
    for role in ROLES:
        client = as_person(app, own, role)
        told = client.get(V1).json()
        assert told["version"] == own.pack.version and told["sections"]["products"] == len(own.pack.products)
        assert client.get(f"{V1}/products/TD-24M").status_code == 200


def test_a_section_is_read_in_pages_and_by_words(app: FastAPI, own: Desk) -> None:  # noqa: F811
    client, seen, after = as_person(app, own, "rm"), list[str](), ""
    while after is not None:
        page = client.get(f"{V1}/products", params={"limit": 7, "after": after}).json()
        seen, after = [*seen, *(one["id"] for one in page["items"])], page["next"]
    assert seen == list(own.pack.products)
    found = client.get(f"{V1}/products", params={"words": "term_deposit 2.2%"}).json()["items"]
    assert "TD-24M" in [one["id"] for one in found] and {one["type"] for one in found} == {"term_deposit"}
    assert client.get(f"{V1}/products", params={"words": "no such words"}).json() == {"items": [], "next": None}


def test_an_entry_is_told_with_its_text_its_facts_and_what_uses_it(app: FastAPI, own: Desk) -> None:  # noqa: F811
    told = as_person(app, own, "evaluator").get(f"{V1}/products/TD-24M").json()
    lines = (own.folder / told["file"]).read_text("utf-8").splitlines()
    assert lines[told["line"] - 1] == f"  - {told['text'].splitlines()[0]}" and told["values"]["facts"]["rate"] == {
        "rate": "2.20%"
    }
    facts = {one["slot"]: one for one in told["facts"]}
    assert facts["product:TD-24M.rate"]["fact"] == own.pack.facts["product:TD-24M.rate"].ref
    assert "B1-TERM2Y" in told["used_by"]["campaigns"]["ids"]
    count = sum(any("#TD-24M." in (claim["fact"] or "") for claim in row["claims"]) for row in own.recalls.drafts())
    assert told["texts"]["count"] == count > 0 and told["texts"]["states"] == {"draft": count}
    rules = as_person(app, own, "rm").get(f"{V1}/rules/CN-DEP").json()
    assert rules["facts"] == [] and rules["texts"]["count"] == 0
    guide = own.pack.guides[0]
    found = as_person(app, own, "rm").get(f"{V1}/guides/{guide.id.replace('#', '%23')}").json()
    assert found["text"].startswith(f"## {guide.title}")


def test_a_change_goes_its_way_over_the_api(app: FastAPI, own: Desk) -> None:  # noqa: F811
    marketer, checker = as_person(app, own, "marketer"), as_person(app, own, "checker")
    made = marketer.post(f"{V1}/proposals", json=RATE)
    assert made.status_code == 201 and made.json()["state"] == "proposed"
    told = made.json()
    assert told["facts"][0]["old"] == "2.2%" and told["touches"]["texts"] > 0
    assert '+facts: {rate: {rate: "2.30%"}' in told["diff"] and told["outdated"]
    waiting = checker.get(f"{V1}/proposals", params={"state": "proposed", "section": "products"}).json()["items"]
    assert [one["id"] for one in waiting] == [told["id"]] and "text" not in waiting[0]
    mine = decide(marketer, told["id"], "approve")
    assert mine.status_code == 403
    done = decide(checker, told["id"], "approve", version=told["version"])
    assert done.status_code == 200 and done.json()["took"] == own.pack.version
    assert checker.get("/healthz").json()["version"] == own.pack.version
    history = marketer.get(f"{V1}/products/TD-24M").json()["history"]
    assert [(one["state"], one["by"], one["decided_by"]) for one in history] == [("approved", "marketer", "checker")]
    assert as_person(app, own, "admin").get(f"{V1}/proposals/{told['id']}").json()["state"] == "approved"
    case = {"cases": [{"text": "云渚两年定期存款年利率2.3%。", "product": "TD-24M"}]}
    claims = checker.post("/api/v1/lint", json=case).json()["results"][0]["claims"]
    assert {one["status"] for one in claims if one["kind"] == "rate"} == {"bound"}


def test_the_same_change_with_the_same_key_is_proposed_and_approved_once(app: FastAPI, own: Desk) -> None:  # noqa: F811
    marketer, checker = as_person(app, own, "marketer"), as_person(app, own, "checker")
    first, again = (marketer.post(f"{V1}/proposals", json=RATE, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json()["id"] == again.json()["id"] and again.headers["idempotent-replay"] == "true"
    assert len(own.proposal_store.listed()) == 1
    path, body = f"{V1}/proposals/{first.json()['id']}/decisions", {"act": "approve"}
    one, two = (checker.post(path, json=body, headers={"Idempotency-Key": "d"}) for _ in range(2))
    assert one.json() == two.json() and one.status_code == 200
    assert [row.act for row in own.audit.rows(subject="knowledge:products/TD-24M")].count("approve") == 1


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"section": "product", "id": "TD-24M", "text": "x"}, 404, "products"),
        ({"section": "products", "id": "TD-24", "text": "x"}, 404, "TD-24M"),
        ({"section": "../..", "id": "passwd", "text": "x"}, 404, "Known"),
        ({"section": "products", "id": "../../pack", "text": "x"}, 404, "entry of products"),
        ({"section": "products", "id": "TD-24M"}, 422, "either text or values"),
        ({"section": "products", "id": "TD-24M", "text": "x", "values": {}}, 422, "either text or values"),
        ({"section": "products", "id": "TD-24M", "text": "x" * 1_000_000}, 422, f"{LONGEST}"),
        ({"section": "products", "id": "TD-24M", "txt": "x"}, 422, "is “text” meant?"),
        ({"section": "products", "id": "TD-24M", "values": {"id": "TD-25M"}}, 400, "kept for good"),
        ({"section": "products", "id": "TD-24M", "values": {"type": "term_deposit"}}, 400, "is what it was"),
        ({"section": "products", "id": "TD-24M", "values": {"type": "\ud800"}}, 400, "make no entry"),
        ({"section": "guides", "id": "guides/zh-Hans/none.md#1", "values": {"text": "x"}}, 404, "guides/zh-Hans"),
    ],
)
def test_bad_input_is_told_with_its_mend(app: FastAPI, own: Desk, body: Any, status: int, told: str) -> None:  # noqa: F811
    import json

    answer = as_person(app, own, "marketer").post(
        f"{V1}/proposals", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert answer.status_code == status and told in answer.text, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json" and own.proposal_store.listed() == []


def test_an_address_with_dots_is_no_way_out(app: FastAPI, own: Desk) -> None:  # noqa: F811
    client = as_person(app, own, "admin")
    for path in ("products/..%2F..%2Fpack", "guides/..%2Fpack.yaml%231", "..%2F/pack.yaml", "nosuch"):
        assert client.get(f"{V1}/{path}").status_code == 404


def test_a_process_beside_it_tells_the_new_knowledge_with_the_next_request(
    app: FastAPI,
    own: Desk,  # noqa: F811
    place: tuple[Path, Path, str],  # noqa: F811
    loaded: tuple[Pack, CheckEngine],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(current, "PAUSE_S", 0)
    beside = opened(*place, loaded)
    client = as_person(api(beside), beside, "rm")
    assert client.get(V1).json()["version"] == own.pack.version
    made = as_person(app, own, "marketer").post(f"{V1}/proposals", json=RATE).json()
    decide(as_person(app, own, "checker"), made["id"], "approve")
    assert client.get(V1).json()["version"] == own.pack.version == beside.pack.version != made["base"]
    beside.database.close()
