"""What a scripted endpoint answers: a reply, or one of the faults that real servers show."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `content` is the message's (an object is written as JSON); `raw` replaces the whole body.

    `delay_s`: seconds before it comes. `hold`: not before the endpoint's `release()`. `reset`: the connection
    breaks instead; `reset_after`: it breaks after so many bytes. `drip_s`: seconds between any two bytes. `cached`:
    prompt tokens that count as cached.
    """

    content: str | Mapping[str, Any] | None = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    hold: bool = False
    reset: bool = False
    reset_after: int | None = None
    drip_s: float = 0.0
    finish_reason: str = "stop"
    raw: bytes | None = None
    cached: int = 0

    def text(self) -> str | None:
        """The message's content as it goes over the wire."""
        if self.content is None or isinstance(self.content, str):
            return self.content
        return json.dumps(self.content, ensure_ascii=False)


Script = Sequence[Reply] | Callable[[Mapping[str, Any]], Reply]
"""Replies in turn (the last one repeats), or a function of the request's body."""


def delay(seconds: float, reply: Reply) -> Reply:
    """The reply, late."""
    return replace(reply, delay_s=seconds)


def status(code: int, retry_after: str = "") -> Reply:
    """An HTTP error, with a Retry-After where given (seconds or a date)."""
    headers = {"retry-after": retry_after} if retry_after else {}
    return Reply(status=code, headers=headers, raw=b'{"error":{"message":"scripted","type":"scripted"}}')


def reset() -> Reply:
    """The connection breaks before a byte has come."""
    return Reply(reset=True)


def torn(content: Mapping[str, Any], after: int = 180) -> Reply:
    """The connection breaks in the middle of the answer."""
    return Reply(content, reset_after=after)


def drip(content: Mapping[str, Any], seconds: float = 0.05) -> Reply:
    """A good answer, a byte at a time."""
    return Reply(content, drip_s=seconds)


def hang() -> Reply:
    """Nothing comes until the endpoint's `release()`."""
    return Reply(hold=True)


def truncate(content: Mapping[str, Any]) -> Reply:
    """An answer that ran into the limit of tokens: half of it, finish_reason `length`."""
    whole = json.dumps(content, ensure_ascii=False)
    return Reply(whole[: len(whole) // 2], finish_reason="length")


def garbage(raw: bytes | None = None) -> Reply:
    """Words where JSON was asked for; or, given `raw`, a body that is no chat completion."""
    return Reply("Certainly! Here is your copy:", raw=raw)


def think(content: Mapping[str, Any], thought: str = "The customer {may} like this.") -> Reply:
    """A good answer behind a leaked thought."""
    return Reply(f"<think>\n{thought}\n</think>\n\n{json.dumps(content, ensure_ascii=False)}")
