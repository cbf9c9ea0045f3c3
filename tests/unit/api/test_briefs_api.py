"""Briefs over the API: kept with their maker and their cost, written as a run whose maker is who signed in."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from tests.conftest import BANK, QUICK
from tests.unit.api.staff import as_person, hire_all

V1 = "/api/v1"
ASKED = {
    "campaign": "B1-TERM2Y",
    "segments": ["salary"],
    "ages": ["35-44"],
    "channels": ["sms"],
    "locales": ["zh-Hans"],
}


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    hire_all(desk)
    return api(desk)


def written(desk: Desk, client: TestClient, own: str) -> Any:
    """A brief once its run is over."""
    answer = client.post(f"{V1}/briefs/{own}/run")
    assert answer.status_code == 202
    run = answer.json()["run"]
    if (work := desk.room.of(run)) is not None:
        work.result(timeout=120)
    return client.get(f"{V1}/briefs/{own}").json()


def test_a_brief_is_kept_then_written_once_and_who_signed_in_is_the_maker_of_its_texts(
    app: FastAPI, desk: Desk
) -> None:
    marketer = as_person(app, desk, "marketer")
    made = marketer.post(f"{V1}/briefs", json={**ASKED, "send_on": "2026-11-23"})
    assert made.status_code == 201
    told = made.json()
    assert (told["state"], told["maker"], told["run"]) == ("kept", "marketer", None)
    assert told["estimate"] == {"possible": 1, "forbidden": 0, "texts": 3, "cost": None}
    done = written(desk, marketer, told["id"])
    assert (done["state"], done["cells"]) == ("written", {"written": 1})
    cells = as_person(app, desk, "checker").get(f"{V1}/runs/{done['run']}").json()
    assert len(cells["items"][0]["variants"]) == 3 and cells["next"] is None
    text = sorted(row["id"] for row in desk.recalls.drafts())[0]
    with desk.shelf.book() as book:
        assert book.items([text])[text].makers == ("marketer",)
    again = written(desk, marketer, told["id"])
    assert again["run"] == done["run"] and desk.drafts.count() == {"runs": 1, "cells": 1, "drafts": 3}
    page = marketer.get(f"{V1}/briefs", params={"limit": 1}).json()
    assert [one["id"] for one in page["items"]] == [told["id"]]


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"campaign": "B1-TERM"}, 404, "B1-TERM2Y"),
        ({"segments": ["salry"]}, 404, "salary"),
        ({"note": "for Mr Li, 13800138000"}, 400, "identifies a person"),
        ({"market": "uk", "locales": ["zh-Hans"]}, 400, "speaks"),
        ({"variants": 11}, 422, "variants"),
        ({"segment": ["salary"]}, 422, "is “segments” meant?"),
    ],
)
def test_a_brief_that_cannot_be_is_refused_and_not_kept(
    app: FastAPI, desk: Desk, more: dict[str, Any], status: int, told: str
) -> None:
    client = as_person(app, desk, "marketer")
    answer = client.post(f"{V1}/briefs", json={**ASKED, **more})
    assert answer.status_code == status and told in answer.text
    assert client.get(f"{V1}/briefs").json()["items"] == []


def test_sizes_of_segments_are_told_to_who_plans(desk: Desk) -> None:
    desk.settings = Settings(home=desk.settings.home, data=str(BANK / "sample"), **QUICK)  # type: ignore[arg-type]
    hire_all(desk)
    app = api(desk)
    marketer = as_person(app, desk, "marketer")
    told = marketer.get(f"{V1}/segments", params={"by": ["segment", "age"], "market": "cn"}).json()
    assert told["by"] == ["segment", "age"] and told["groups"]
    assert all(set(one) == {"segment", "age", "size"} for one in told["groups"])
    assert as_person(app, desk, "rm").get(f"{V1}/segments").status_code == 403
    assert marketer.get(f"{V1}/segments", params={"by": "agee"}).status_code == 404


def test_a_list_is_counted_over_the_api_and_not_kept(app: FastAPI, desk: Desk) -> None:
    marketer = as_person(app, desk, "marketer")
    body = (
        "customer_id,segment,birth_date\n" + "".join(f"N{n},salary,1990-01-01\n" for n in range(6)) + "N9,salary,no\n"
    )
    told = marketer.post(f"{V1}/segments/list", params={"name": "may.csv"}, content=body.encode("gbk")).json()
    assert told["customers"] == 6 and told["segments"] == [{"segment": "salary", "size": 6}] and told["left_out"] == 1
    assert told["problems"][0]["row"] == 8 and told["problems"][0]["column"] == "birth_date"
    for content, name, why in (
        (b"PK\x03\x04", "may.xlsx", "damaged"),
        (b"a,b\n1,2\n", "may.csv", "customer_id"),
        (b"", "x.csv", "empty"),
    ):
        answer = marketer.post(f"{V1}/segments/list", params={"name": name}, content=content)
        assert answer.status_code == 400 and why in answer.json()["detail"], answer.text
