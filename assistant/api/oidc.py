"""Signing in at an identity provider: off to it, and back."""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from assistant.api.cookies import let_in
from assistant.errors import NotSignedIn, UnknownId

if TYPE_CHECKING:
    from assistant.api.provider import Pending, Provider
    from assistant.settings import Settings

router = APIRouter(include_in_schema=False)
COOKIE = "copydesk_sign_in"
PATH = "/login/oidc"
LASTS_S = 600
logger = logging.getLogger(__name__)


@router.get(PATH)
def begin(request: Request, to: str = "/") -> RedirectResponse:
    """Send the browser to the provider. What must come back with it stays in a cookie of its own."""
    from assistant.api.provider import Pending

    provider = _provider(request.app.state.desk.settings)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    pending = Pending(state, nonce, verifier, to)
    answer = RedirectResponse(provider.address(pending), 303)
    secure = request.app.state.access.secure
    answer.set_cookie(
        COOKIE, quote(json.dumps(asdict(pending))), max_age=LASTS_S, path=PATH, httponly=True, samesite="lax",
        secure=secure,
    )  # fmt: skip
    return answer


@router.get(f"{PATH}/back")
def back(request: Request, state: str = "", code: str = "", error: str = "") -> RedirectResponse:
    """Whoever comes back with the right state and a good code is let in; anybody else goes back to the sign-in page."""
    try:
        secret, to = _arrived(request, state, "" if error else code)
    except NotSignedIn as refused:
        logger.warning("a sign-in at the identity provider was refused: %s", refused)
        return RedirectResponse("/login?refused=oidc", 303)
    answer = let_in(request, secret, to)
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _arrived(request: Request, state: str, code: str) -> tuple[str, str]:
    desk = request.app.state.desk
    provider, pending = _provider(desk.settings), _pending(request)
    if pending is None or not secrets.compare_digest(pending.state.encode(), state.encode()):
        raise NotSignedIn("This sign-in was not begun in this browser, or long ago.", "Begin again.")
    if not code:
        raise NotSignedIn("The identity provider let nobody in.", "Begin again, or ask who runs it.")
    identity, person = provider.arrived(pending, code)
    return desk.accounts.arrive(identity, person, dt.datetime.now(dt.UTC)), pending.to


def _pending(request: Request) -> Pending | None:
    from assistant.api.provider import Pending

    try:
        told = json.loads(unquote(request.cookies.get(COOKIE, "")))
        return Pending(**{name: str(value) for name, value in told.items()})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _provider(settings: Settings) -> Provider:
    found = _of(settings)
    if found is None:
        raise UnknownId("way to sign in", "oidc", ["password"])
    return found


@cache
def _of(settings: Settings) -> Provider | None:
    from assistant.api.provider import Provider

    return Provider.of(settings)
