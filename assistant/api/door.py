"""The door: before anything of a request is read, who asks and whether they may; on the way out, what browsers must do.

It is the outermost of all, so that no router, page or mount can be reached beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import KEY, Access, Asked
from assistant.api.allowed import Allowed, Row
from assistant.api.peers import header
from assistant.api.problems import told
from assistant.errors import CopydeskError, Forbidden, NotSignedIn, Refused

SAFE = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""What an answer says unless it says otherwise itself."""
A_YEAR = "max-age=31536000"
Shown = Callable[[Scope, CopydeskError], Response | None]
"""How a refusal is shown to somebody who reads a page; None where it is told as a problem."""


class Door:
    """Middleware: lets in whom the table allows."""

    def __init__(self, app: ASGIApp, access: Access, allowed: Allowed, shown: Shown) -> None:
        self._app = app
        self._access = access
        self._allowed = allowed
        self._shown = shown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not. There are no web sockets."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        row, methods = self._allowed.at(scope["method"], scope["path"])
        if self._access.secure:
            # Over a proxy the last stretch is plain; addresses that are told must be those that browsers use.
            scope["scheme"] = "https"
        out = self._dressed(send, kept=row is not None and row.kept)
        try:
            await self._admit(scope, row, methods)
        except CopydeskError as error:
            response = self._shown(scope, error) or told(error)
            await response(scope, receive, out)
            return
        await self._app(scope, receive, out)

    async def _admit(self, scope: Scope, row: Row | None, methods: tuple[str, ...]) -> None:
        """Note in the scope who asks; raise where they may not."""
        if row is not None and row.roles is None:
            same_origin(scope, self._access.settings.public_url, strict=False)
            return
        asked = await run_in_threadpool(self._access.asked, scope, dt.datetime.now(dt.UTC))
        if asked is None:
            raise NotSignedIn("Nobody is signed in.", "Sign in, or send a token.")
        scope[KEY] = asked
        if row is None:
            raise _absent(scope, methods)
        _may(asked, row)
        if asked.how != "token":
            same_origin(scope, self._access.settings.public_url, strict=asked.how != "local")

    def _dressed(self, send: Send, kept: bool) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # No page from elsewhere reads our answers, whatever a mounted framework would let it.
                for name in [one for one in headers if one.startswith("access-control-")]:
                    del headers[name]
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not kept:
                    headers.setdefault("cache-control", "no-store")
                if self._access.secure:
                    headers.setdefault("strict-transport-security", A_YEAR)
            await send(message)

        return dressed


def _absent(scope: Scope, methods: tuple[str, ...]) -> Refused:
    if methods:
        return Refused("method", f"{scope['method']} is not done here.", f"Use {' or '.join(sorted(set(methods)))}.")
    return Refused("absent", f"There is nothing at {scope['path'][:120]}.", "Look at /api/v1/openapi.json.")


def _may(asked: Asked, row: Row) -> None:
    roles = row.roles or ()
    if not asked.person.is_a(*roles):
        raise Forbidden(f"This takes the role of {' or '.join(roles)}.", "Ask an admin for it.")
    if asked.scopes is None:
        return
    if row.scope is None:
        raise Forbidden("A token cannot ask for this.", "Sign in as a person.")
    if row.scope not in asked.scopes:
        raise Forbidden(f"The token lacks the scope {row.scope}.", "Make one that has it: copydesk token add.")


def same_origin(scope: Any, public_url: str | None, strict: bool) -> None:
    """Refuse a change that a page from elsewhere asks for in the reader's name. Browsers tell where a request comes
    from; `strict`: a request that does not tell is refused too."""
    if scope["method"] in SAFE:
        return
    told_by, origin = header(scope, "sec-fetch-site"), header(scope, "origin")
    if told_by is not None and told_by not in ("same-origin", "none"):
        raise _foreign()
    if origin is not None:
        here = {header(scope, "host") or ""} | ({urlsplit(public_url).netloc} if public_url else set())
        from_where = urlsplit(origin).netloc
        if not from_where or from_where not in here:
            raise _foreign()
    elif told_by is None and strict:
        raise _foreign()


def _foreign() -> Forbidden:
    return Forbidden("The request comes from another page.", "Use the desk's own pages, or send a token.")
