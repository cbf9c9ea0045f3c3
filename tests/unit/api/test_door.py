"""The door: who sits here without an account, whose word is taken, what browsers are told, what pages elsewhere cannot do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.application import api, guarded, routes
from assistant.api.peers import Peers
from assistant.bootstrap.desk import Desk
from assistant.commands.serve_command import door_of
from assistant.errors import CopydeskError, InputError, Refused, SettingsError, Stale, StoreError, UnknownId
from assistant.settings import Settings
from tests.conftest import here
from tests.unit.api.staff import PASSWORD, as_person, as_program, hire, now

ME = "/api/v1/me"
OUTCOME = "/api/v1/actions/nothing/outcome"


def settled(desk: Desk, **settings: Any) -> FastAPI:
    """The API over a desk with some settings."""
    desk.settings = desk.settings.over(**settings)
    return api(desk)


def at(app: FastAPI, address: str, host: str = "127.0.0.1") -> TestClient:
    return TestClient(app, base_url=f"http://{host}", client=(address, 5000))


def test_without_an_account_whoever_sits_here_may_do_everything(desk: Desk) -> None:
    person = here(api(desk)).get(ME).json()
    assert (person["login"], person["managers"]) == ("local", None) and len(person["roles"]) == 6
    assert here(api(desk), "[::1]:7860").get(ME).status_code == 200


@pytest.mark.parametrize(
    ("address", "host", "headers"),
    [
        ("192.0.2.7", "127.0.0.1", {}),
        ("127.0.0.1", "desk.example", {}),
        ("127.0.0.1", "127.0.0.1.elsewhere.example", {}),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-for": "192.0.2.7"}),
        ("127.0.0.1", "localhost", {"forwarded": "for=192.0.2.7"}),
        ("testclient", "127.0.0.1", {}),
    ],
)
def test_nobody_else_may_without_signing_in(desk: Desk, address: str, host: str, headers: dict[str, str]) -> None:
    """Another machine, a name that somebody pointed here, a proxy."""
    assert at(api(desk), address, host).get(ME, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "settings",
    [
        {"host": "0.0.0.0"},
        {"host": "desk.example"},
        {"public_url": "https://desk.example"},
        {"trusted_header": "x-user", "trusted_peers": "10.0.0.5"},
        {"oidc_issuer": "https://id.example"},
    ],
)
def test_a_desk_that_others_can_reach_asks_everybody_to_sign_in(desk: Desk, settings: dict[str, str]) -> None:
    assert here(settled(desk, **settings)).get(ME).status_code == 401


def test_with_the_first_account_everybody_signs_in(desk: Desk) -> None:
    app = api(desk)
    client = here(app)
    assert client.get(ME).status_code == 200
    hire(desk, "ada", "admin")
    assert client.get(ME).status_code == 401
    assert "copydesk user add" in door_of(True, False) and "Everybody signs in" in door_of(False, True)


def test_health_needs_no_sign_in_and_no_database(desk: Desk) -> None:
    app = api(desk)
    hire(desk, "ada", "admin")
    desk.database.close()
    assert at(app, "192.0.2.7", "desk.example").get("/healthz").status_code == 200


def test_a_trusted_header_is_believed_from_the_proxy_and_from_nobody_else(desk: Desk) -> None:
    hire(desk, "rita", "rm")
    app = settled(desk, trusted_header="X-User", trusted_peers="10.0.0.5, 10.1.0.0/24")
    for address in ("10.0.0.5", "10.1.0.77", "::ffff:10.0.0.5"):
        assert at(app, address).get(ME, headers={"x-user": "Rita"}).json()["login"] == "rita"
    for address in ("10.0.0.6", "127.0.0.1", "::1", "testclient"):
        answer = at(app, address).get(ME, headers={"x-user": "rita"})
        assert answer.status_code == 403 and "x-user" in answer.json()["detail"].lower()
    assert at(app, "10.0.0.5").get(ME, headers={"x-user": "nobody"}).status_code == 401
    twice = [("x-user", "rita"), ("x-user", "rita")]
    assert at(app, "10.0.0.5").get(ME, headers=twice).status_code == 401
    assert at(app, "10.0.0.5").get(ME).status_code == 401


def test_a_header_that_no_setting_names_is_no_sign_in(desk: Desk) -> None:
    hire(desk, "rita", "rm")
    assert here(api(desk)).get(ME, headers={"x-user": "rita"}).status_code == 401


def test_a_forged_peer_is_not_believed_from_a_cookie_s_owner_either(desk: Desk) -> None:
    hire(desk, "rita", "rm")
    app = settled(desk, trusted_header="X-User", trusted_peers="unix")
    client = as_person(app, desk, "rita")
    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"x-user": "ada"}).status_code == 403


@pytest.mark.parametrize("words", ["0.0.0.0/0", "::/0", "proxy", "10.0.0.5/33"])
def test_peers_that_are_everybody_or_nobody_are_refused(words: str) -> None:
    with pytest.raises(SettingsError):
        Peers.read(words)


def test_a_header_without_peers_stops_the_desk_from_starting(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="belong together"):
        settled(desk, trusted_header="X-User")


def test_a_page_from_elsewhere_cannot_change_anything_in_a_reader_s_name(desk: Desk) -> None:
    hire(desk, "rita", "rm")
    app = api(desk)
    client = as_person(app, desk, "rita")
    del client.headers["origin"]

    def post(**headers: str) -> int:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(OUTCOME, json={"outcome": "reached"}, headers=told).status_code

    assert post(origin="http://127.0.0.1:7860") == 404
    assert post(sec_fetch_site="same-origin") == 404
    assert post() == 403
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:7861", ""):
        assert post(origin=origin) == 403, origin
    for place in ("cross-site", "same-site"):
        assert post(sec_fetch_site=place, origin="http://127.0.0.1:7860") == 403


def test_nor_in_the_name_of_who_sits_here_without_an_account(desk: Desk) -> None:
    client = here(api(desk))
    body = {"outcome": "reached"}
    assert client.post(OUTCOME, json=body, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.post(OUTCOME, json=body).status_code == 404


def test_a_program_with_a_token_has_no_page_to_come_from(desk: Desk) -> None:
    hire(desk, "rita", "rm")
    app = api(desk)
    client = as_program(app, desk, "rita", "actions:write")
    assert client.post(OUTCOME, json={"outcome": "reached"}).status_code == 404


def test_a_token_that_has_ended_or_is_none_is_refused_even_beside_a_good_cookie(desk: Desk) -> None:
    hire(desk, "ada", "admin")
    app = api(desk)
    client = as_person(app, desk, "ada")
    assert client.get(ME).status_code == 200
    for text in ("", "copydesk_0123456789abcdef_x", "x" * 5000):
        assert client.get(ME, headers={"authorization": f"Bearer {text}"}).status_code == 401
    token, text = desk.accounts.make_token("ada", "t", ["api:read"], 1, "test", now() - dt.timedelta(days=2))
    assert client.get(ME, headers={"authorization": f"Bearer {text}"}).status_code == 401
    assert token.ends_at < now()


def test_every_answer_tells_browsers_what_they_must_not_do(desk: Desk) -> None:
    app = api(desk)
    client = here(app)
    for answer in (client.get(ME), client.get("/nothing"), client.get("/healthz")):
        headers = answer.headers
        assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers


def test_over_https_the_cookie_is_the_host_s_alone(desk: Desk) -> None:
    app = settled(desk, public_url="https://desk.example")
    assert app.state.access.cookie == "__Host-copydesk_session"
    assert "max-age" in here(app).get(ME).headers["strict-transport-security"]


def raising(desk: Desk, error: Exception) -> TestClient:
    """An application whose /healthz raises."""
    app = routes(desk)
    app.router.routes[:] = [one for one in app.router.routes if getattr(one, "path", "") != "/healthz"]

    @app.get("/healthz")
    def healthz() -> None:
        raise error

    return TestClient(guarded(app, desk), raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("error", "status", "kind", "more"),
    [
        (InputError("a", "b"), 400, "input", {}),
        (UnknownId("text", "x1", ["x2"]), 404, "unknown_id", {"close": ["x2"]}),
        (Refused("own", "a", "b"), 409, "own", {}),
        (Stale("a", "b", by="mei", version=3), 409, "stale", {"by": "mei", "version": 3}),
        (StoreError("a", "b"), 503, "unavailable", {}),
        (CopydeskError("a", "b"), 503, "unavailable", {}),
    ],
)
def test_every_error_of_ours_is_a_problem_with_its_mend(
    desk: Desk, error: Exception, status: int, kind: str, more: dict[str, Any]
) -> None:
    answer = raising(desk, error).get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["status"], told["type"]) == (status, status, f"urn:copydesk:{kind}")
    assert answer.headers["content-type"] == "application/problem+json" and told["detail"] and told["mend"]
    assert {name: told[name] for name in more} == more
    assert ("retry-after" in answer.headers) == (status == 503)


def test_a_fault_of_our_own_tells_nothing_of_what_is_inside(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    answer = raising(desk, ValueError("secret 42")).get("/healthz")
    assert answer.status_code == 500 and "42" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store" and "secret 42" in caplog.text


def test_a_field_that_is_none_is_told_with_the_nearest(desk: Desk) -> None:
    client = here(api(desk))
    answer = client.post(OUTCOME, json={"outcom": "reached"})
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    told = {one["field"]: one["what"] for one in answer.json()["errors"]}
    assert told["body.outcom"] == "there is no such field; is “outcome” meant?" and "body.outcome" in told


@pytest.mark.parametrize("body", ["", "{", "[" * 10_000, '"text"', "null", '{"outcome": 7}', "\x00", "{}" * 3])
def test_a_body_that_makes_no_sense_is_a_problem_and_no_fault(desk: Desk, body: str) -> None:
    answer = here(api(desk)).post(OUTCOME, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422) and answer.json()["mend"] is not None


def test_settings_show_no_secret() -> None:
    assert PASSWORD not in repr(Settings(oidc_client_secret=PASSWORD))
