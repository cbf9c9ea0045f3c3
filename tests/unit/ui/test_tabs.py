"""A tab belongs to the person who used it first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.access import KEY, Asked
from assistant.domain.person import Person
from assistant.errors import Forbidden
from ui.tabs import FORGOTTEN_S, LONGEST, MOST, Owners, Tabs


class By:
    """Middleware: who asks is what the header says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = dict(scope.get("headers", ())).get(b"by")
        if who:
            person = Person(login=who.decode(), name="x", roles=("checker",))
            scope = {**scope, KEY: Asked(person, "session")}
        await self._app(scope, receive, send)


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()

    @app.post("/check/en/gradio_api/queue/join")
    async def join(request: Request) -> object:
        return await request.json()

    app.add_middleware(Tabs)
    app.add_middleware(By)
    with TestClient(app) as one:
        yield one


def post(client: TestClient, by: str, body: object) -> int:
    return client.post("/check/en/gradio_api/queue/join", json=body, headers={"by": by}).status_code


def test_a_call_reaches_the_page_whole_and_another_s_does_not(client: TestClient) -> None:
    body = {"session_hash": "t1", "data": ["字" * 5000]}
    answer = client.post("/check/en/gradio_api/queue/join", json=body, headers={"by": "mei"})
    assert answer.json() == body
    assert post(client, "chen", body) == 403 and post(client, "mei", body) == 200
    assert post(client, "", body) == 401


def test_a_call_that_is_too_long_or_no_json_is_refused(client: TestClient) -> None:
    assert post(client, "mei", {"session_hash": "t1", "data": "x" * LONGEST}) == 400
    answer = client.post("/check/en/gradio_api/queue/join", content="[" * 100_000, headers={"by": "mei"})
    assert answer.status_code == 400


def test_a_name_written_twice_is_the_one_that_the_page_reads(client: TestClient) -> None:
    assert post(client, "mei", {"session_hash": "hers"}) == 200
    twice = '{"session_hash": "his", "session_hash": "hers"}'
    answer = client.post(
        "/check/en/gradio_api/queue/join", content=twice, headers={"by": "chen", "content-type": "application/json"}
    )
    assert answer.status_code == 403


def test_a_tab_is_forgotten_after_a_day_and_one_person_has_not_thousands() -> None:
    owners = Owners()
    owners.claim("old", "mei", 0.0)
    with pytest.raises(Forbidden):
        owners.claim("old", "chen", FORGOTTEN_S - 1)
    owners.claim("new", "chen", FORGOTTEN_S + 1)
    owners.claim("old", "chen", FORGOTTEN_S + 1)
    for number in range(MOST):
        owners.claim(f"many-{number}", "mei", FORGOTTEN_S + 2)
    with pytest.raises(Forbidden, match="too many"):
        owners.claim("one more", "mei", FORGOTTEN_S + 2)
    owners.claim("one more", "chen", FORGOTTEN_S + 2)
