"""One address a page, in the reader's language: `/studio` answers with the page that is mounted at `/studio/<locale>`.

Gradio translates by the browser's exact language code and knows neither zh-HK nor zh-Hant; and
a page whose calls go to its own language's address keeps working while another tab changes it.
"""

from __future__ import annotations

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import KEY, Asked
from ui.frame import Frame, policy
from ui.languages import COOKIE, choose


class Documents:
    """Middleware: answers for the pages' own addresses and lets everything else through."""

    def __init__(self, app: ASGIApp, frame: Frame, default: str | None = None) -> None:
        self._app = app
        self._frame = frame
        self._default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap a page's document; pass on what is none."""
        page = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if page not in self._frame.pages or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        locale = choose(request.cookies.get(COOKIE), request.headers.get("accept-language"), self._default)
        inner = f"{page}/{locale}/"
        # The inner document is rewritten, so it must come uncompressed.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        asked = {**scope, "path": inner, "raw_path": inner.encode(), "headers": headers, "method": "GET"}
        status, body = await _answer(self._app, asked, receive)
        nonce = secrets.token_urlsafe(16)
        who: Asked | None = scope.get(KEY)
        text = body.decode()
        if status == 200:
            text = await run_in_threadpool(self._frame.wrap, text, page, locale, nonce, who)
        response = Response(text if scope["method"] == "GET" else "", status, media_type="text/html")
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "Content-Language": locale,
                "Content-Security-Policy": policy(nonce),
                "Referrer-Policy": "same-origin",
                "Vary": "Accept-Language, Cookie",
                "X-Content-Type-Options": "nosniff",
            }
        )
        await response(scope, receive, send)


async def _answer(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, bytes]:
    status, parts = 500, list[bytes]()

    async def keep(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    return status, b"".join(parts)
