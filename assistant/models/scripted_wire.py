"""As much HTTP/1.1 as an OpenAI client speaks, on asyncio streams."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MAX_REQUEST = 8 * 1024 * 1024
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; header names in lower case, `body` {} where it was no JSON object."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


async def read_request(stream: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None where the other side has closed or speaks no HTTP."""
    try:
        head = await stream.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    lines = head.decode("latin-1").split("\r\n")
    method, _, rest = lines[0].partition(" ")
    pairs = (line.partition(":") for line in lines[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    size = headers.get("content-length", "0")
    if not size.isdigit() or int(size) > _MAX_REQUEST:
        return None
    try:
        raw = await stream.readexactly(int(size))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Request(method, rest.partition(" ")[0], headers, _object(raw))


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def response(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole response, its connection kept open."""
    fields = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {_REASONS.get(status, 'Scripted')}\r\n{head}\r\n".encode("latin-1") + body


def completion(model: str, text: str | None, finish_reason: str, prompt_chars: int, cached: int) -> bytes:
    """The body of a chat completion; a token counts as four characters."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    tokens_in, tokens_out = prompt_chars // 4 + 1, len(text or "") // 4 + 1
    usage = {
        "prompt_tokens": tokens_in,
        "completion_tokens": tokens_out,
        "total_tokens": tokens_in + tokens_out,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    whole = {"id": "scripted", "object": "chat.completion", "created": 0, "model": model, "choices": [choice]}
    return json.dumps({**whole, "usage": usage}, ensure_ascii=False).encode()
