"""A manager sees their own customers and nobody else's, a lead the team's; the query says so, not the page."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.allowed import ALLOWED
from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.domain.action import Action
from assistant.settings import Settings
from tests.conftest import BANK
from tests.unit.api.staff import as_person, hire

AT = dt.datetime(2026, 11, 10, 10, 30)
AS_OF = {"as_of": "2026-11-10T10:30:00+08:00"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Action]:
    """What a scan of the sample's morning finds."""
    desk = Desk(Settings(home=tmp_path_factory.mktemp("scan")))
    desk.actions.scan(BANK / "sample", AT)
    return [one for one, _state in desk.actions.store.of_customers()]


@pytest.fixture
def app(desk: Desk, found: list[Action]) -> FastAPI:
    """Two managers, one of another team, a lead, over the actions of the sample."""
    desk.settings = desk.settings.over(data=str(BANK / "sample"))
    desk.actions.store.keep(AT, desk.pack.version, found)  # type: ignore[attr-defined]
    mine, other = busiest(found)
    hire(desk, "rita", "rm", manager=mine, team="east")
    hire(desk, "rob", "rm", manager=other, team="west")
    hire(desk, "new", "rm")
    hire(desk, "lea", "lead", team="west")
    hire(desk, "leo", "lead", team="*")
    return api(desk)


def busiest(found: list[Action]) -> list[str]:
    count = Counter(one.manager for one in found if one.manager)
    return [own for own, _number in count.most_common(2)]


def calls(found: list[Action]) -> list[Action]:
    return [one for one in found if one.owner == "relationship_manager" and one.suppressed is None]


def listed(client: TestClient, **query: str) -> list[str]:
    return [one["action_id"] for one in client.get("/api/v1/actions", params={**AS_OF, **query}).json()]


def test_fifty_attempts_at_another_s_record_find_nothing(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    mine, other = busiest(found)
    client = as_person(app, desk, "rita")
    foreign = [one for one in found if one.manager != mine][:25]
    assert len(foreign) == 25 and {one.manager for one in foreign} >= {other}
    for one in foreign:
        answers = [
            client.get(f"/api/v1/actions/{one.action_id}/script"),
            client.post(f"/api/v1/actions/{one.action_id}/outcome", json={"outcome": "do_not_contact"}),
        ]
        never = client.get("/api/v1/actions/ffffffffffffffff/script")
        for answer in answers:
            assert answer.status_code == 404
            # What is another's is told in the same words as what is nowhere, and no other id is given away.
            assert answer.json()["detail"] == never.json()["detail"].replace("f" * 16, one.action_id)
            assert one.customer_id not in answer.text and not set(answer.json()["close"]) & {
                f.action_id for f in foreign
            }
    assert desk.actions.store.outcomes() == []


def test_every_route_that_takes_an_id_gives_a_manager_nothing_of_anothers(
    app: FastAPI, desk: Desk, found: list[Action]
) -> None:
    """All routes of the table with a name in their address, ids of other managers' records in it: fifty and more."""
    mine, _other = busiest(found)
    client = as_person(app, desk, "rita")
    foreign = [one for one in calls(found) if one.manager != mine][:5]
    routes = [row for row in ALLOWED.rows if row.path.startswith("/api/") and "{" in row.path]
    attempts = [(row, one) for row in routes for one in foreign]
    assert len(attempts) >= 50 and {one.manager for one in foreign} - {mine}
    bodies = {"outcome": {"outcome": "reached"}, "reuse": {}, "decisions": {"act": "retire"}}
    for row, one in attempts:
        path = re.sub(r"\{\w+\}", one.action_id, row.path)
        answer = client.request(row.method, path, json=bodies.get(path.rsplit("/")[-1]))
        assert answer.status_code == (404 if "rm" in (row.roles or ()) else 403), (row, answer.text)
        assert one.customer_id not in answer.text and one.trigger not in answer.text
    assert desk.actions.store.outcomes() == []


def test_no_question_with_a_managers_name_tells_of_anothers(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    mine, other = busiest(found)
    client = as_person(app, desk, "rita")
    for query in ({"manager": other}, {"manager": f"{mine},{other}"}, {"manager": "%"}, {"manager": ""}):
        assert client.get("/api/v1/actions", params={**AS_OF, **query}).status_code == 403
    assert client.get("/api/v1/actions/overdue", params=AS_OF).status_code == 403
    lead = as_person(app, desk, "lea")
    for body in ({"absent": [mine]}, {"absent": [other], "to": [mine]}):
        assert lead.post("/api/v1/actions/reassign", json=body).status_code == 403
    assert {one["manager"] for one in lead.get("/api/v1/actions/overdue", params=AS_OF).json()} <= {other}


def test_a_manager_lists_their_own_and_may_not_name_another(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    mine, other = busiest(found)
    client = as_person(app, desk, "rita")
    own = {one.action_id for one in calls(found) if one.manager == mine}
    assert set(listed(client)) == set(listed(client, manager=mine)) == own and own
    answer = client.get("/api/v1/actions", params={**AS_OF, "manager": other})
    assert answer.status_code == 403
    assert as_person(app, desk, "rob").get("/api/v1/me").json()["managers"] == [other]


def test_a_lead_sees_the_team_s_and_who_leads_all_sees_all(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    _mine, other = busiest(found)
    assert set(listed(as_person(app, desk, "lea"))) == {one.action_id for one in calls(found) if one.manager == other}
    assert set(listed(as_person(app, desk, "leo"))) == {one.action_id for one in calls(found)}


def test_a_manager_without_customers_sees_none(app: FastAPI, desk: Desk) -> None:
    assert listed(as_person(app, desk, "new")) == []


def test_an_outcome_is_kept_under_the_name_of_who_asks(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    mine = next(one for one in calls(found) if one.manager == busiest(found)[0])
    client = as_person(app, desk, "rita")
    path = f"/api/v1/actions/{mine.action_id}"
    assert client.get(f"{path}/script").status_code == 200
    assert client.post(f"{path}/outcome", json={"outcome": "reached", "by": "rob"}).status_code == 422
    assert client.post(f"{path}/outcome", json={"outcome": "reached"}).status_code == 200
    assert [row["by"] for row in desk.actions.store.outcomes()] == ["rita"]


def test_what_another_desk_does_for_a_customer_is_seen_but_not_closed(
    app: FastAPI, desk: Desk, found: list[Action]
) -> None:
    mine = busiest(found)[0]
    other = next(one for one in found if one.manager == mine and one.owner == "service_desk" and not one.suppressed)
    client = as_person(app, desk, "rita")
    answer = client.post(f"/api/v1/actions/{other.action_id}/outcome", json={"outcome": "reached"})
    assert answer.status_code == 403 and "service desk" in answer.json()["detail"]
    assert other.action_id in {one["action_id"] for one in desk.actions.story(other.customer_id, {mine})["actions"]}


def test_the_story_of_a_customer_is_told_to_their_manager_only(app: FastAPI, desk: Desk, found: list[Action]) -> None:
    mine, other = busiest(found)
    one = next(one for one in found if one.manager == mine)
    assert desk.actions.story(one.customer_id, {mine})["actions"]
    assert desk.actions.story(one.customer_id, {other})["actions"] == []
    assert desk.actions.story(one.customer_id, set())["actions"] == []
    assert app.state.desk is desk
