"""Whose tab it is: Gradio knows a tab by a name that its browser made up, and gives whoever names it its results.

So a tab's name belongs to the person who used it first, and nobody else's request with it goes through.
"""

from __future__ import annotations

import json
import re
import threading
import time
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import KEY, Asked
from assistant.api.problems import told
from assistant.errors import CopydeskError, Forbidden, InputError, NotSignedIn

BELOW = "/gradio_api/"
LONGEST = 2_000_000
"""Bytes of one call."""
FORGOTTEN_S = 24 * 3600.0
MOST = 1000
"""Tabs that one person may have named lately."""
_HEARTBEAT = re.compile(r"/gradio_api/heartbeat/([^/]+)$")


class Owners:
    """Who used which tab's name first. What was not used for a day is forgotten: no session lasts as long."""

    def __init__(self) -> None:
        self._owners: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def claim(self, tab: str, login: str, now: float) -> None:
        """Take a tab for somebody. Forbidden where it is another's, or theirs are too many."""
        with self._lock:
            owner, _seen = self._owners.get(tab, (None, 0.0))
            if owner is None:
                self._owners = {own: kept for own, kept in self._owners.items() if kept[1] > now - FORGOTTEN_S}
                if sum(1 for kept in self._owners.values() if kept[0] == login) >= MOST:
                    raise Forbidden("You have too many tabs.", "Close some, and come back tomorrow.")
            elif owner != login:
                raise Forbidden("The tab is somebody else's.", "Load the page again.")
            self._owners[tab] = (login, now)


class Tabs:
    """Middleware: looks at the calls of pages' scripts."""

    def __init__(self, app: ASGIApp, owners: Owners | None = None) -> None:
        self._app = app
        self._owners = owners or Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through whose tab is the caller's own."""
        if scope["type"] != "http" or BELOW not in scope["path"]:
            await self._app(scope, receive, send)
            return
        try:
            body, again = b"", receive
            if scope["method"] == "POST":
                body = await _read(receive)
                again = _replayed(body, receive)
            for tab in _named(scope, body):
                self._owners.claim(tab, _login(scope), time.monotonic())
        except CopydeskError as error:
            await told(error)(scope, receive, send)
            return
        await self._app(scope, again, send)


def _login(scope: Scope) -> str:
    asked = scope.get(KEY)
    if not isinstance(asked, Asked):
        raise NotSignedIn("Nobody is signed in.", "Sign in.")
    return asked.person.login


def _named(scope: Scope, body: bytes) -> set[str]:
    """Every tab that a call names: in its address, its query, its body."""
    found = set(parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", ()))
    if match := _HEARTBEAT.search(scope["path"]):
        found.add(match[1])
    if scope["method"] == "POST":
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            raise InputError("The call is no JSON.", "Load the page again.") from None
        tab = given.get("session_hash") if isinstance(given, dict) else None
        if tab is not None:
            found.add(str(tab))
    return found


async def _read(receive: Receive) -> bytes:
    parts, size = list[bytes](), 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise InputError("The connection was lost.", "Try again.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LONGEST:
            raise InputError(f"The call has more than {LONGEST} bytes.", "Send less at once.")
        if not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more for whom it is meant; after it, what else comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again
