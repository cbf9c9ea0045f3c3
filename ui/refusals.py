"""A refusal as somebody sees it who reads pages: off to sign in, not for their role, or nothing there."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from assistant.api.access import KEY, Asked
from assistant.api.allowed import PAGES
from assistant.api.problems import status_of
from assistant.errors import CopydeskError, Forbidden, NotSignedIn, Refused
from ui.parts.html import html, joined
from ui.parts.notice import refusal
from ui.plain import plain, words_for

OWN = ("/", "/login", "/password", *PAGES)
PROGRAMS = "/api/"
"""Below this a program asks, whatever it says that it reads."""
CODES = ("absent", "method")


def shown(scope: Scope, error: CopydeskError) -> Response | None:
    """A page for a page's reader; None for whoever asks for something else, and is told a problem."""
    request = Request(scope)
    if scope["path"].startswith(PROGRAMS) or "text/html" not in request.headers.get("accept", ""):
        return None
    if scope["path"] not in OWN:
        return _nowhere(request, error) if isinstance(error, Refused) and error.code in CODES else None
    if isinstance(error, NotSignedIn) and scope["method"] in ("GET", "HEAD"):
        to = scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?to={quote(to, safe='')}", 303)
    if isinstance(error, Forbidden):
        return _denied(request)
    return _nowhere(request, error) if isinstance(error, Refused) and error.code in CODES else None


def _nowhere(request: Request, error: Refused) -> Response:
    """That there is nothing at an address, or not for this kind of request."""
    words = words_for(request)
    body = html('{told}<p><a href="/">{start}</a></p>', told=refusal(error, words), start=words("denied.start"))
    return plain(request, request.app.state.desk, words, words("denied.nowhere"), body, status_of(error))


def _denied(request: Request) -> Response:
    words, asked = words_for(request), request.scope.get(KEY)
    if not isinstance(asked, Asked):
        body = html('<p role="alert">{words}</p><p><a href="/login">{go}</a></p>', words=words("login.foreign"),
                    go=words("login.go"))  # fmt: skip
        return plain(request, request.app.state.desk, words, words("login.title"), body, 403)
    theirs = [page for page, roles in PAGES.items() if asked.person.is_a(*roles)]
    body = html(
        "<p>{lead}</p><ul>{pages}</ul>",
        lead=words("denied.lead", name=asked.person.name),
        pages=joined(
            html('<li><a href="{page}">{name}</a></li>', page=page, name=words(f"page.{page.strip('/')}"))
            for page in theirs
        ),
    )
    return plain(request, request.app.state.desk, words, words("denied.title"), body, 403)
