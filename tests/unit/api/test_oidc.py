"""Signing in at an identity provider: one that is served here, with real keys, and everything that must be disbelieved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from assistant.api.application import api
from assistant.api.provider import Provider, roles_of
from assistant.bootstrap.desk import Desk
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.store.audit import AuditStore
from tests.conftest import here
from tests.unit.api.identity import CLIENT, SECRET, Identity, elliptic, serve, shared
from tests.unit.api.staff import hire, now

MEI = {"preferred_username": "Mei", "name": "林梅", "groups": ["writers", "canteen"]}
ROLES = "writers=marketer, checkers=checker, floor=rm"


@pytest.fixture
def identity() -> Iterator[Identity]:
    """A provider that knows Mei."""
    one = Identity(claims=dict(MEI))
    server = serve(one)
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(desk: Desk, identity: Identity) -> FastAPI:
    desk.settings = desk.settings.over(
        oidc_issuer=identity.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_roles=ROLES,
        oidc_manager="staff_no", public_url="http://127.0.0.1:7860",
    )  # fmt: skip
    return api(desk)


def come(client: TestClient, identity: Identity, to: str = "/check", **changed: str) -> str:
    """Begin, sign in at the provider, come back; where the desk then sends the browser."""
    begun = client.get("/login/oidc", params={"to": to})
    assert begun.status_code == 303
    back = client.get("/login/oidc/back", params={**identity.approve(begun.headers["location"]), **changed})
    assert back.status_code == 303, back.text
    return str(back.headers["location"])


def test_whoever_the_provider_vouches_for_is_let_in_with_the_roles_of_their_groups(
    app: FastAPI, identity: Identity, desk: Desk
) -> None:
    client = here(app)
    assert come(client, identity) == "/check"
    person = client.get("/api/v1/me").json()
    assert (person["login"], person["name"], person["roles"]) == ("mei", "林梅", ["marketer"])
    assert [row.act for row in AuditStore(desk.database).rows()] == ["user_added", "signed_in"]
    (form,) = identity.asked
    assert form["redirect_uri"] == "http://127.0.0.1:7860/login/oidc/back" and len(form["code_verifier"]) >= 43


def test_an_elliptic_key_is_believed_too(app: FastAPI, identity: Identity) -> None:
    identity.key, identity.algorithm = elliptic(), "ES256"
    assert come(here(app), identity) == "/check"


def test_a_key_that_is_new_is_fetched(app: FastAPI, identity: Identity) -> None:
    assert come(here(app), identity) == "/check"
    identity.key = RSAKey.generate_key(2048, {"kid": "next", "use": "sig"})
    assert come(here(app), identity) == "/check"


def test_roles_follow_the_provider_at_each_coming(app: FastAPI, identity: Identity, desk: Desk) -> None:
    come(here(app), identity)
    identity.claims |= {"groups": ["floor"], "staff_no": "RM07", "preferred_username": "mei.lin"}
    client = here(app)
    come(client, identity)
    person = client.get("/api/v1/me").json()
    assert (person["login"], person["roles"], person["managers"]) == ("mei", ["rm"], ["RM07"])
    assert [row.act for row in AuditStore(desk.database).rows()][-2:] == ["user_changed", "signed_in"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda claims: claims.update(iss="https://elsewhere.example"),
        lambda claims: claims.update(aud="another"),
        lambda claims: claims.update(aud=["desk", "another"], azp="another"),
        lambda claims: claims.update(nonce="another"),
        lambda claims: claims.pop("nonce"),
        lambda claims: claims.update(exp=int(time.time()) - 600),
        lambda claims: claims.pop("exp"),
        lambda claims: claims.pop("sub"),
        lambda claims: claims.update(groups=["canteen"]),
        lambda claims: claims.pop("groups"),
        lambda claims: claims.update(preferred_username="two words"),
        lambda claims: claims.update(preferred_username="local"),
    ],
)
def test_a_token_that_is_for_another_or_over_or_gives_no_role_lets_nobody_in(
    app: FastAPI, identity: Identity, desk: Desk, spoil: Callable[[dict[str, Any]], None]
) -> None:
    identity.spoil = spoil
    client = here(app)
    assert come(client, identity) == "/login?refused=oidc"
    assert client.get("/api/v1/me").status_code == 401 and not desk.people.store.anybody()


def test_a_signature_by_another_s_key_or_by_the_shared_secret_is_not_believed(app: FastAPI, identity: Identity) -> None:
    identity.signer = RSAKey.generate_key(2048)
    assert come(here(app), identity) == "/login?refused=oidc"
    identity.signer, identity.algorithm = shared(), "HS256"
    assert come(here(app), identity) == "/login?refused=oidc"


def test_a_code_that_was_not_asked_for_in_this_browser_is_refused(app: FastAPI, identity: Identity) -> None:
    assert come(here(app), identity, state="another") == "/login?refused=oidc"
    thief, victim = here(app), here(app)
    begun = identity.approve(thief.get("/login/oidc").headers["location"])
    assert victim.get("/login/oidc/back", params=begun).headers["location"] == "/login?refused=oidc"
    victim.get("/login/oidc")
    assert victim.get("/login/oidc/back", params=begun).headers["location"] == "/login?refused=oidc"
    for told in ({}, {"error": "access_denied", "state": "x"}, {"code": "c"}):
        assert here(app).get("/login/oidc/back", params=told).headers["location"] == "/login?refused=oidc"


@pytest.mark.parametrize("cookie", ["{}", "[]", "%7B%22state%22%3A1%7D", "[" * 3000, "null"])
def test_a_cookie_that_makes_no_sense_is_no_fault(app: FastAPI, cookie: str) -> None:
    client = here(app)
    client.cookies.set("copydesk_sign_in", cookie)
    assert client.get("/login/oidc/back?state=1&code=c").headers["location"] == "/login?refused=oidc"


def test_a_local_account_is_not_taken_over_by_a_name(app: FastAPI, identity: Identity, desk: Desk) -> None:
    hire(desk, "mei", "admin")
    assert come(here(app), identity) == "/login?refused=oidc"


def test_an_account_that_is_closed_stays_closed(app: FastAPI, identity: Identity, desk: Desk) -> None:
    come(here(app), identity)
    desk.accounts.disable("mei", "test", now())
    assert come(here(app), identity) == "/login?refused=oidc"


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "check", "/\t/x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(app: FastAPI, identity: Identity, to: str) -> None:
    assert come(here(app), identity, to=to) == "/"


def test_the_secret_of_the_session_is_told_to_this_browser_alone(app: FastAPI, identity: Identity) -> None:
    client = here(app)
    begun = client.get("/login/oidc")
    back = client.get("/login/oidc/back", params=identity.approve(begun.headers["location"]))
    told = next(one for one in back.headers.get_list("set-cookie") if one.startswith("copydesk_session="))
    assert (
        "HttpOnly" in told and "SameSite=lax" in told and parse_qs(urlsplit(begun.headers["location"]).query)["nonce"]
    )


def test_a_provider_that_is_down_or_says_it_is_another_is_told(app: FastAPI, identity: Identity, desk: Desk) -> None:
    real, identity.issuer = identity.issuer, "https://elsewhere.example"
    answer = here(app).get("/login/oidc")
    assert answer.status_code == 400 and "elsewhere.example" in answer.json()["detail"]
    desk.settings = desk.settings.over(oidc_issuer=real.replace("127.0.0.1", "localhost").rsplit(":", 1)[0] + ":1")
    assert here(app).get("/login/oidc").status_code == 503


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": "http://id.example", "oidc_client_id": "c", "oidc_roles": ROLES},
        {"oidc_issuer": "https://id.example", "oidc_roles": ROLES},
        {"oidc_issuer": "https://id.example", "oidc_client_id": "c"},
        {"oidc_issuer": "https://id.example", "oidc_client_id": "c", "oidc_roles": "writers=boss"},
    ],
)
def test_settings_that_cannot_work_are_told(settings: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        Provider.of(Settings(**settings))  # type: ignore[arg-type]


def test_groups_may_have_equals_signs() -> None:
    assert roles_of("cn=writers,ou=desk=marketer".replace(",", ";")) == {"cn=writers;ou=desk": "marketer"}


def test_without_a_provider_there_is_no_such_way_in(desk: Desk) -> None:
    assert here(api(desk)).get("/login/oidc").status_code == 404
