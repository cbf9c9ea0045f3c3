"""Texts and packages over the API: the desk's rules hold there as everywhere, each told as a problem with its mend."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from tests.unit.api.staff import as_person, hire_all

V1 = "/api/v1"


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    hire_all(desk)
    brief = Brief(
        campaign="B1-TERM2Y",
        segments=("salary",),
        ages=("35-44",),
        channels=("sms",),
        locales=("zh-Hans",),
        send_on=dt.date(2026, 11, 23),
    )
    asyncio.run(_drain(desk.matrix.write(brief)))
    return api(desk)


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass


def decide(client: TestClient, act: str, *ids: str, **more: Any) -> Any:
    body = {"act": act, "texts": [{"id": own} for own in ids], **more}
    return client.post(f"{V1}/texts/decisions", json=body)


def test_a_text_goes_its_way_over_the_api(app: FastAPI, desk: Desk) -> None:
    marketer, checker = as_person(app, desk, "marketer"), as_person(app, desk, "checker")
    own = sorted(row["id"] for row in desk.recalls.drafts())
    assert decide(marketer, "submit", *own).json()["refused"] == 0
    page = checker.get(f"{V1}/texts", params={"state": "submitted", "limit": 2}).json()
    assert len(page["items"]) == 2 and page["next"] == page["items"][-1]["id"]
    rest = checker.get(f"{V1}/texts", params={"state": "submitted", "limit": 2, "after": page["next"]}).json()
    assert {one["id"] for one in page["items"] + rest["items"]} == set(own) and rest["next"] is None
    assert checker.post(f"{V1}/texts/{own[0]}/lease").json()["held_by"] == "checker"
    seen = checker.get(f"{V1}/texts/{own[0]}").json()
    assert seen["checked"]["claims"] and seen["decisions"][0]["act"] == "submit"
    assert decide(checker, "approve", own[0]).json()["texts"][0]["state"] == "approved"
    without = decide(checker, "reject", own[1])
    assert without.status_code == 409 and without.json()["type"] == "urn:copydesk:reason"
    assert decide(checker, "reject", own[1], reason="tone").status_code == 200
    audit = as_person(app, desk, "admin").get(f"{V1}/audit", params={"subject": f"item:{own[0]}"}).json()["items"]
    assert [row["act"] for row in audit] == ["submit", "saw", "approve"]


def test_a_package_is_made_submitted_read_and_approved(app: FastAPI, desk: Desk) -> None:
    marketer, checker = as_person(app, desk, "marketer"), as_person(app, desk, "checker")
    own = sorted(row["id"] for row in desk.recalls.drafts())
    made = marketer.post(f"{V1}/packages", json={"name": "Autumn", "waves": {"first": own[:1], "second": own[1:]}})
    assert made.status_code == 201
    package = made.json()["id"]
    assert marketer.post(f"{V1}/packages/{package}/decisions", json={"act": "submit"}).status_code == 200
    found = checker.get(f"{V1}/packages/{package}/sentences").json()
    assert found["characters_folded"] < found["characters"]
    read = {"sentences": [one["id"] for one in found["sentences"]]}
    assert sorted(checker.post(f"{V1}/packages/{package}/read", json=read).json()["approved"]) == own
    assert {one["state"] for one in checker.get(f"{V1}/packages/{package}").json()["texts"]} == {"approved"}


def test_the_same_request_with_the_same_key_is_done_once(app: FastAPI, desk: Desk) -> None:
    marketer = as_person(app, desk, "marketer")
    own = sorted(row["id"] for row in desk.recalls.drafts())
    body = {"name": "Autumn", "waves": {"only": own}}
    first, again = (marketer.post(f"{V1}/packages", json=body, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.status_code == again.status_code == 201 and first.json()["id"] == again.json()["id"]
    assert again.headers["idempotent-replay"] == "true"
    other = marketer.post(f"{V1}/packages", json={**body, "name": "Winter"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 409 and other.json()["type"] == "urn:copydesk:key"
    assert len(desk.shelf.packages()) == 1


def test_a_key_is_free_again_where_nothing_was_done(app: FastAPI, desk: Desk) -> None:
    marketer = as_person(app, desk, "marketer")
    key = {"Idempotency-Key": "k2"}
    wrong = marketer.post(f"{V1}/packages", json={"name": "x", "waves": {"only": ["nosuch"]}}, headers=key)
    assert wrong.status_code == 404
    own = sorted(row["id"] for row in desk.recalls.drafts())
    right = marketer.post(f"{V1}/packages", json={"name": "x", "waves": {"only": own}}, headers=key)
    assert right.status_code == 201


def test_a_key_stays_taken_where_something_may_have_been_done(
    app: FastAPI, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("after the work was done")

    marketer, own = as_person(app, desk, "marketer"), sorted(row["id"] for row in desk.recalls.drafts())
    request = {"json": {"name": "Autumn", "waves": {"only": own}}, "headers": {"Idempotency-Key": "k3"}}
    with monkeypatch.context() as patch:
        patch.setattr(type(desk.packages), "bundle", broken)
        with pytest.raises(RuntimeError, match="after the work"):
            marketer.post(f"{V1}/packages", **request)
    again = marketer.post(f"{V1}/packages", **request)
    assert again.status_code == 409 and again.json()["type"] == "urn:copydesk:busy" and not desk.shelf.packages()


def test_other_words_keep_their_proof(app: FastAPI, desk: Desk) -> None:
    marketer = as_person(app, desk, "marketer")
    own = sorted(row["id"] for row in desk.recalls.drafts())[0]
    text = marketer.get(f"{V1}/texts/{own}").json()["text"]
    after = marketer.put(f"{V1}/texts/{own}", json={"text": text}).json()
    assert "{product:TD-24M." in after["template"] and after["version"] == 1
    stale = marketer.put(f"{V1}/texts/{own}", json={"text": text, "version": 0})
    assert stale.status_code == 409 and stale.json()["by"] == "marketer"


def test_a_text_is_checked_over_the_api(app: FastAPI, desk: Desk) -> None:
    body = {"cases": [{"id": "1", "text": "本产品保本保息", "channel": "sms"}]}
    found = as_person(app, desk, "rm").post(f"{V1}/lint", json=body).json()["results"][0]
    assert found["verdict"] == "block" and found["findings"]
