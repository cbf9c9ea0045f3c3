"""An HTTP transport that stops reading when an answer grows too large. Heavy: import it where it is used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2


class TooLarge(httpx2.TransportError):
    """The body is over the limit, or compressed so that its size cannot be told."""


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, limit: int) -> None:
        self._inner = inner
        self._left = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            self._left -= len(chunk)
            if self._left < 0:
                raise TooLarge("the answer's body is too large")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


class BoundedTransport(httpx2.AsyncHTTPTransport):
    """Raises TooLarge once a response has brought more than `limit` bytes; asks for no compression."""

    def __init__(self, limit: int, **options: Any) -> None:
        super().__init__(**options)
        self._limit = limit

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body counted while it is read."""
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        # A few compressed kilobytes can unfold into gigabytes: what is counted must be what is kept.
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise TooLarge("the answer's body is compressed")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream, self._limit)
        return response
