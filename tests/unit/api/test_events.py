"""The live feed over the API: events in, actions out, each event once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from eval.people.stories import AS_OF
from tests.conftest import BANK, here

AT = "2026-11-10T10:40:00+08:00"


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """The API over a desk whose customers are the sample's, opened on the sample's morning."""
    desk.settings = Settings(home=desk.settings.home, data=str(BANK / "sample"))
    object.__setattr__(desk.actions, "opened_at", AS_OF.replace(tzinfo=dt.timezone(dt.timedelta(hours=8))))
    return here(api(desk))


def event(own: str, customer: str = "C0200", **more: Any) -> dict[str, Any]:
    row = {"event_id": own, "customer_id": customer, "at": AT, "kind": "transfer_in", "amount": 250_000}
    return {**row, "attributes": {"counterparty": "p-9"}, **more}


def test_an_inflow_leads_to_a_call_within_thirty_minutes_and_to_its_script(client: TestClient) -> None:
    answer = client.post("/api/v1/events", json=event("X1")).json()
    (call,) = answer["actions"]
    assert (call["trigger"], call["due_at"]) == ("G1-INFLOW", "2026-11-10T11:10:00+08:00")
    script = client.get(f"/api/v1/actions/{call['action_id']}/script").json()
    assert script["verdict"] == "pass"
    assert sum(part["amount"] for part in script["plan"]) == 250_000


def test_an_outcome_brings_the_message_after_the_call(client: TestClient) -> None:
    (call,) = client.post("/api/v1/events", json=event("X1")).json()["actions"]
    came = {"outcome": "interested", "at": "2026-11-10T11:00:00+08:00"}
    told = client.post(f"/api/v1/actions/{call['action_id']}/outcome", json=came).json()
    assert told["message"]["verdict"] == "pass" and told["message"]["channel"] in ("sms", "wecom") and not told["why"]
    came = {"outcome": "do_not_contact", "at": "2026-11-10T11:05:00+08:00"}
    told = client.post(f"/api/v1/actions/{call['action_id']}/outcome", json=came).json()
    assert told["message"] is None and "nothing is sent" in told["why"]


def test_an_event_that_is_posted_twice_leads_to_nothing_twice(client: TestClient) -> None:
    client.post("/api/v1/events", json=event("X1"))
    again = client.post("/api/v1/events", json=[event("X1"), event("X1")]).json()
    assert (again["accepted"], again["actions"]) == (0, [])


def test_each_event_of_a_batch_is_judged_by_itself(client: TestClient) -> None:
    bad: list[Any] = [event("X2", kind="transfr_in"), event("X3", customer="C9999"), 7, event("X4", amount=-1)]
    answer = client.post("/api/v1/events", json=[*bad, event("X5")]).json()
    assert answer["accepted"] == 1
    told = {row["index"]: row["error"] for row in answer["refused"]}
    assert set(told) == {0, 1, 2, 3}
    assert told[0] == "kind: “transfr_in” is unknown; is “transfer_in” meant?"
    assert told[1] == "there is no customer C9999"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": "1904-02-29T00:00:00"}, "before 1970"),
        ({"at": "2099-01-01T00:00:00"}, "in the future"),
        ({"amount": 1e30}, "less than or equal"),
        ({"amount": -0.01}, "greater than or equal"),
        ({"attributes": "none"}, "dictionary"),
    ],
)
def test_an_event_out_of_all_bounds_is_refused_and_those_beside_it_are_acted_on(
    client: TestClient, change: dict[str, Any], said: str
) -> None:
    answer = client.post("/api/v1/events", json=[event("X1", **change), event("X2")]).json()
    assert [row["index"] for row in answer["refused"]] == [0]
    assert said in answer["refused"][0]["error"]
    assert [one["due_at"] for one in answer["actions"]] == ["2026-11-10T11:10:00+08:00"]


def test_an_amount_that_is_no_number_is_refused(client: TestClient) -> None:
    body = json.dumps(event("X1", amount=float("nan")))
    answer = client.post("/api/v1/events", content=body, headers={"content-type": "application/json"})
    assert "finite number" in answer.json()["refused"][0]["error"]


def test_earlier_posts_count_as_the_customers_past(client: TestClient) -> None:
    """Three payees in a day make F4, whichever requests they came in."""
    sent = {"kind": "transfer_out", "amount": 20_000}
    for place in range(3):
        row = event(f"Y{place}", at=f"2026-11-10T10:4{place}:00", attributes={"counterparty": f"p-{place}"}, **sent)
        answer = client.post("/api/v1/events", json=row).json()
        fired = {action["trigger"] for action in answer["actions"]}
        assert ("F4-SPREAD" in fired) == (place == 2)


def test_a_refusal_on_the_telephone_is_obeyed_at_once(client: TestClient) -> None:
    (call,) = client.post("/api/v1/events", json=event("X1")).json()["actions"]
    queue = client.get("/api/v1/actions", params={"as_of": AT}).json()
    assert [one["action_id"] for one in queue] == [call["action_id"]]
    came = client.post(f"/api/v1/actions/{call['action_id']}/outcome", json={"outcome": "do_not_contact"})
    assert came.status_code == 200
    assert client.get("/api/v1/actions", params={"as_of": AT}).json() == []
    later = client.post("/api/v1/events", json=event("X9", at="2026-11-10T11:40:00")).json()
    assert [one["suppressed"]["by"] for one in later["actions"]] == ["contact_refused"]
    assert client.post("/api/v1/actions/nothing/outcome", json={"outcome": "reached"}).status_code == 404
