"""People of a desk for the tests: one of each role, signed in by session or by token."""

from __future__ import annotations

import datetime as dt

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES, Person, Role
from tests.conftest import here

PASSWORD = "seven herons over the lake"


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def hire(desk: Desk, login: str, *roles: Role, **more: str) -> Person:
    person = Person(login=login, name=login.title(), roles=roles, **more)
    desk.accounts.add(person, PASSWORD, "test", now())
    return person


def hire_all(desk: Desk) -> None:
    """One of each role, who is called like it."""
    for role in ROLES:
        hire(desk, role, role)


def as_person(app: FastAPI, desk: Desk, login: str) -> TestClient:
    """A browser of somebody who is signed in: it has the cookie, and tells where its requests come from."""
    client = here(app)
    _person, secret = desk.people.sign_in(login, PASSWORD, now())
    client.cookies.set(app.state.access.cookie, secret)
    client.headers["origin"] = str(client.base_url)
    return client


def as_program(app: FastAPI, desk: Desk, login: str, *scopes: str, days: int = 1) -> TestClient:
    """A program that asks in somebody's name."""
    client = here(app)
    _token, text = desk.accounts.make_token(login, "test", scopes, days, "test", now())
    client.headers["authorization"] = f"Bearer {text}"
    return client
