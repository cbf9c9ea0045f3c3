"""The session's cookie: set when somebody is let in, taken away when they go."""

from __future__ import annotations

import datetime as dt

from fastapi import Request
from fastapi.responses import RedirectResponse

from assistant.api.access import Access


def let_in(request: Request, secret: str, to: str) -> RedirectResponse:
    """On to a page of ours, a new session begun; the one that this browser had is over."""
    access: Access = request.app.state.access
    before = request.cookies.get(access.cookie)
    if before:
        access.people.sign_out(before, dt.datetime.now(dt.UTC))
    answer = RedirectResponse(inside(to), 303)
    answer.set_cookie(access.cookie, secret, httponly=True, samesite="lax", secure=access.secure, path="/")
    return answer


def let_out(request: Request, to: str) -> RedirectResponse:
    """End the session of this browser, and forget what it kept of the pages."""
    access: Access = request.app.state.access
    secret = request.cookies.get(access.cookie)
    if secret:
        access.people.sign_out(secret, dt.datetime.now(dt.UTC))
    answer = RedirectResponse(to, 303)
    answer.delete_cookie(access.cookie, path="/", httponly=True, samesite="lax", secure=access.secure)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def inside(to: str) -> str:
    """An address of ours to go on to; the first page for any other."""
    safe = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and "\\" not in to
    return to if safe else "/"
