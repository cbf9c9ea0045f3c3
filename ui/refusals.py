"""A refusal as somebody sees it who reads pages: off to sign in, or that the page is not for their role."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from assistant.api.access import KEY, Asked
from assistant.api.allowed import PAGES
from assistant.errors import CopydeskError, Forbidden, NotSignedIn
from ui.parts.html import html, joined
from ui.plain import plain, words_for

OWN = ("/", "/login", "/password", *PAGES)


def shown(scope: Scope, error: CopydeskError) -> Response | None:
    """A page for a page's reader; None for whoever asks for something else, and is told a problem."""
    request = Request(scope)
    if scope["path"] not in OWN or "text/html" not in request.headers.get("accept", ""):
        return None
    if isinstance(error, NotSignedIn) and scope["method"] in ("GET", "HEAD"):
        to = scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?to={quote(to, safe='')}", 303)
    if isinstance(error, Forbidden):
        return _denied(request)
    return None


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
