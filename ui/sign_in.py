"""Signing in and out, and changing one's password."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.api.access import asked_of
from assistant.api.cookies import inside, let_in, let_out
from assistant.bootstrap.desk import Desk
from assistant.errors import InputError, NotSignedIn
from ui.parts.html import NONE, html
from ui.plain import alert, field, plain, words_for

router = APIRouter(include_in_schema=False)
LONGEST = 8192
"""Bytes of a form: whoever sends one is not known yet."""
T = TypeVar("T")
_PLACES = CapacityLimiter(4)


@router.get("/login")
def login(request: Request, to: str = "/", refused: str = "") -> HTMLResponse:
    """The form, and the way to the identity provider where there is one."""
    words = words_for(request)
    return _login(request, inside(to), words("login.refused") if refused == "oidc" else "")


@router.post("/login")
async def sign_in(request: Request) -> Response:
    """Let somebody in, or show the form again."""
    desk: Desk = request.app.state.desk
    given = await _fields(request)
    to, now = inside(given.get("to", "/")), dt.datetime.now(dt.UTC)
    try:
        _person, secret = await _apart(desk.people.sign_in, given.get("name", ""), given.get("password", ""), now)
    except NotSignedIn:
        wrong = words_for(request)("login.wrong")
        return await _apart(_login, request, to, wrong, given.get("name", ""), 401)
    return await _apart(let_in, request, secret, to)


@router.post("/logout")
def sign_out(request: Request) -> RedirectResponse:
    """End the session of this browser."""
    return let_out(request, "/login")


@router.get("/password")
def password(request: Request) -> HTMLResponse:
    """The form for another password."""
    return _password(request)


@router.post("/password")
async def change(request: Request) -> HTMLResponse:
    """Take the new password, where the old one is right; whoever is signed in elsewhere must sign in anew."""
    desk: Desk = request.app.state.desk
    asked, words, given = asked_of(request), words_for(request), await _fields(request)
    old, new, now = given.get("old", ""), given.get("new", ""), dt.datetime.now(dt.UTC)
    try:
        await _apart(desk.people.change_password, asked.person.login, old, new, now, asked.secret)
    except InputError:
        return await _apart(_password, request, words("password.refused"), 400)
    except NotSignedIn:
        return await _apart(_password, request, words("password.wrong"), 403)
    return await _apart(_password, request, words("password.done"), 200, True)


def _login(request: Request, to: str, told: str = "", name: str = "", status: int = 200) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    words, settings = words_for(request), desk.settings
    other = NONE
    if settings.oidc_issuer:
        other = html(
            '<p class="cd-or"><a class="cd-button" href="/login/oidc?to={to}">{words}</a></p>',
            to=quote(to, safe=""), words=words("login.other"),
        )  # fmt: skip
    elif not desk.people.store.anybody():
        told = told or words("login.nobody")
    body = html(
        '<p>{lead}</p>{told}<form method="post" action="/login"><input type="hidden" name="to" value="{to}">'
        '{name}{password}<button type="submit">{go}</button></form>{other}',
        lead=words("login.lead", house=desk.pack.institution.name[words.locale]), told=alert(told), to=to,
        name=field("name", words("login.name"), "text", "username", name[:64], first=not name),
        password=field("password", words("login.password"), "password", "current-password", first=bool(name)),
        go=words("login.go"), other=other,
    )  # fmt: skip
    return plain(request, desk, words, words("login.title"), body, status)


def _password(request: Request, told: str = "", status: int = 200, done: bool = False) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    words, asked = words_for(request), asked_of(request)
    account = desk.people.store.account(asked.person.login)
    if account is None or account.secret is None:
        return plain(request, desk, words, words("password.title"), html("<p>{told}</p>", told=words("password.none")))
    body = html(
        '<p>{lead}</p>{told}<form method="post" action="/password"><input type="hidden" name="name" '
        'autocomplete="username" value="{login}">{old}{new}<button type="submit">{go}</button></form>',
        lead=words("password.lead"), told=alert(told, good=done), login=asked.person.login,
        old=field("old", words("password.old"), "password", "current-password", first=True),
        new=field("new", words("password.new"), "password", "new-password"), go=words("password.go"),
    )  # fmt: skip
    return plain(request, desk, words, words("password.title"), body, status)


async def _apart(work: Callable[..., T], *given: Any) -> T:
    """Work on threads of its own: hashing many passwords must not take those that all other requests wait for."""
    return await to_thread.run_sync(work, *given, limiter=_PLACES)


async def _fields(request: Request) -> dict[str, str]:
    """A short form's fields. InputError for a long one."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LONGEST:
            raise InputError(f"The form has more than {LONGEST} bytes.", "Send a name and a password.")
    return {name: values[-1] for name, values in parse_qs(raw.decode("utf-8", "replace"), max_num_fields=20).items()}
