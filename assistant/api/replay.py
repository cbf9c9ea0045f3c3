"""Idempotency keys: the same request with the same key is answered as the first time, and done once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from assistant.api.access import person_of
from assistant.errors import CopydeskError, InputError, Refused

KEY = "idempotency-key"
_LONGEST = 128
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ReplayRoute(APIRoute):
    """A route that minds `Idempotency-Key`. Without the header, and for what only reads, it is a route like any."""

    def get_route_handler(self) -> Handler:
        """The route's own handler behind a look into what was answered before."""
        own = super().get_route_handler()

        async def answered(request: Request) -> Response:
            key = request.headers.get(KEY)
            if key is None or request.method == "GET":
                return await own(request)
            if not 0 < len(key) <= _LONGEST:
                raise InputError(f"The Idempotency-Key has {len(key)} characters.", f"Send 1 to {_LONGEST}.")
            return await _once(request, key, own)

        return answered


async def _once(request: Request, key: str, own: Handler) -> Response:
    replies, who = request.app.state.desk.replies, person_of(request).login
    plain = f"{request.method} {request.url.path}\n".encode() + await request.body()
    digest = hashlib.sha256(plain).hexdigest()
    known = await run_in_threadpool(replies.claim, key, who, digest, dt.datetime.now(dt.UTC))
    if known is not None:
        if known.digest != digest:
            raise Refused("key", "This Idempotency-Key came with another request before.", "Take a new key.")
        if known.status is None:
            what = "The first request with this key is still being answered, or it broke off."
            raise Refused("busy", what, "Ask again in a moment; if it stays so, look what stands and take a new key.")
        return Response(known.body, known.status, media_type="application/json", headers={"Idempotent-Replay": "true"})
    try:
        response = await own(request)
    except (CopydeskError, HTTPException, RequestValidationError):
        # It was refused, so nothing was done, and the key is free again. After any other end (a fault, a caller who
        # hung up) something may have been done: the key stays taken, so that nothing is done twice.
        await run_in_threadpool(replies.free, key, who)
        raise
    await run_in_threadpool(replies.keep, key, who, response.status_code, bytes(response.body))
    return response
