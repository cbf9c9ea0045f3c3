"""One table says who may ask for what: every role at every address of the API, every scope, no address beside it."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.allowed import ALLOWED, PAGES, Allowed, Row
from assistant.api.application import api, guarded, routes
from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES
from tests.conftest import ROOT
from tests.unit.api.staff import as_person, as_program, here, hire, hire_all

API = [row for row in ALLOWED.rows if row.path.startswith("/api/")]


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    hire_all(desk)
    return api(desk)


def address(row: Row) -> str:
    given = {"run": "0123456789abcdef", "ending": "csv", "own": "0123456789abcdef"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda match: given.get(match[1], "x"), row.path)


def ask(client: TestClient, row: Row) -> int:
    return client.request(row.method, address(row), json={} if row.method == "POST" else None).status_code


def test_every_role_at_every_address_is_let_in_or_not_as_the_table_says(app: FastAPI, desk: Desk) -> None:
    for role in ROLES:
        client = as_person(app, desk, role)
        for row in API:
            status = ask(client, row)
            assert (status == 403) == (role not in row.roles), (role, row.method, row.path, status)
            assert status != 401 and status < 500


def test_nobody_is_let_in_without_signing_in(app: FastAPI) -> None:
    client = here(app)
    for row in API:
        answer = client.request(row.method, address(row))
        assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer"), row
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_can_do_what_its_scope_names_and_nothing_else(app: FastAPI, desk: Desk) -> None:
    hire(desk, "all", *ROLES, team="*")
    for scope in ALLOWED.scopes:
        client = as_program(app, desk, "all", scope)
        for row in ALLOWED.rows:
            if row.roles and row.scope is None:
                assert ask(client, row) == 403, row
            elif row.roles:
                assert (ask(client, row) == 403) == (row.scope != scope), (scope, row)


def test_a_token_can_do_no_more_than_its_owner(app: FastAPI, desk: Desk) -> None:
    for role in ROLES:
        client = as_program(app, desk, role, *ALLOWED.scopes)
        for row in API:
            assert (ask(client, row) == 403) == (role not in row.roles), (role, row)


def test_what_stands_in_no_row_is_not_there_for_anybody(app: FastAPI, desk: Desk) -> None:
    client = as_person(app, desk, "admin")
    for path in (
        "/docs",
        "/openapi.json",
        "/api/v1/nothing",
        "/studio/en/gradio_api/file=/etc/passwd",
        "//",
        "/%2e%2e",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/check/en/gradio_api/vibe-code").status_code == 404
    assert client.request("DELETE", "/api/v1/actions").status_code == 405
    assert client.post("/healthz").status_code == 405


def test_of_what_is_mounted_only_that_is_open_which_has_a_row(desk: Desk) -> None:
    app, inside = routes(desk), FastAPI()
    for path in ("/open", "/closed"):
        inside.get(path)(lambda: "in")
    app.mount("/inside", inside)
    client = here(guarded(app, desk, Allowed([*ALLOWED.rows, Row("GET", "/inside/open", ROLES)])))
    assert client.get("/inside/open").json() == "in"
    assert client.get("/inside/closed").status_code == 404


def test_a_route_without_a_row_stops_the_application_from_starting(desk: Desk) -> None:
    app = routes(desk)
    app.get("/api/v1/everything")(lambda: {})
    app.mount("/inside", FastAPI())
    with pytest.raises(RuntimeError, match=r"GET /api/v1/everything, all of /inside"):
        guarded(app, desk)


def test_a_page_has_its_address_and_what_its_script_asks_for_in_every_language() -> None:
    for page, roles in PAGES.items():
        for path in (page, f"{page}/en/", f"{page}/zh-Hant/gradio_api/heartbeat/abc"):
            row, _methods = ALLOWED.at("GET", path)
            assert row is not None and row.roles == roles


def test_the_docs_show_the_table_as_it_is() -> None:
    """A line of docs/access.md for every address that programs ask for, and no line for any other."""
    text = (ROOT / "docs" / "access.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+) (/api\S+)` \| (.+?) \| `(.+?)` \|$", text, re.MULTILINE))
    roles = {row: "everybody" if row.roles == ROLES else ", ".join(row.roles) for row in API}
    assert told == {(row.method, row.path, roles[row], str(row.scope)) for row in API}


def test_a_row_fits_whole_addresses_only() -> None:
    rows = Allowed([Row("GET", "/a/{b}", ROLES)])
    assert rows.at("GET", "/a/b/c") == (None, ()) and rows.at("POST", "/a/b") == (None, ("GET",))
    assert rows.at("HEAD", "/a/b")[0] is rows.rows[0]
