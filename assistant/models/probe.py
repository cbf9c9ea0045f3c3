"""What a model's server really does: asked, not assumed. Heavy: import it where it is used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

from assistant.errors import ModelAnswer
from assistant.models.answer import parse, validate
from assistant.models.endpoint import Endpoint, trusted
from assistant.models.tokens import served

AT_ONCE = (1, 8, 32)
_LENGTH = 64
"""Tokens that a call of the speed measurement may answer with."""
_TRIES = 3
_ODD = {
    "type": "object",
    "properties": {"stone": {"enum": ["quartz-41"]}, "count": {"type": "integer", "minimum": 7, "maximum": 7}},
    "required": ["stone", "count"],
    "additionalProperties": False,
}
"""Nobody who is free to write what he likes writes this."""
_FREE = "Greet a visitor in one friendly sentence. Write plain words, no JSON."
_WORTH = 1.15
"""More calls at once are worth having while they bring so many times the tokens."""


@dataclass
class Probed:
    """The findings, in the order in which they were looked for. `speed`: tokens a second by calls at once."""

    reachable: bool = False
    why: str = ""
    models: list[str] = field(default_factory=list)
    context: int | None = None
    schema: str = "not looked at"
    thinking: str = "not looked at"
    finish_reason: str = "not looked at"
    cached: str = "not looked at"
    tokenizer: str = "not looked at"
    speed: dict[int, float] = field(default_factory=dict)

    def recommended(self, endpoint: Endpoint) -> dict[str, object]:
        """Settings for copydesk.toml."""
        best = AT_ONCE[0]
        for one in AT_ONCE[1:]:
            if self.speed.get(one, 0.0) > self.speed.get(best, 0.0) * _WORTH:
                best = one
        name = endpoint.name if endpoint.name in self.models or not self.models else self.models[0]
        each = self.speed.get(best, 0.0) / best
        # Twice what the longest answer takes while the server is as busy as it is allowed to be.
        wait = max(20.0, 2 * endpoint.max_tokens / each) if each else endpoint.timeout_s
        return {"model_name": name, "model_concurrency": best, "model_timeout": round(wait)}


class Probe:
    """Looks at one server over HTTP. Nothing that it finds is an exception: it is told."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        key = endpoint.key.get_secret_value()
        limits = httpx2.Limits(max_connections=max(AT_ONCE))
        self._wire = httpx2.AsyncClient(
            base_url=endpoint.url.rstrip("/") + "/",
            headers={"authorization": f"Bearer {key}"} if key else {},
            timeout=endpoint.timeout_s,
            limits=limits,
            trust_env=False,
            verify=trusted(),
        )

    async def run(self) -> Probed:
        """Everything, one thing after another."""
        found = Probed()
        async with self._wire:
            await self._models(found)
            if found.reachable:
                await self._schema(found)
                await self._ends(found)
                await self._prefix(found)
                found.tokenizer = "exact (/tokenize)" if served(self._endpoint, "a") else "none: counted by own ranks"
                for many in AT_ONCE:
                    found.speed[many] = await self._speed(many)
        return found

    async def _models(self, found: Probed) -> None:
        try:
            answer = await self._wire.get("models")
            listed = answer.json()["data"]
            found.models = [str(one["id"]) for one in listed]
        except httpx2.HTTPError as error:
            found.why = f"{type(error).__name__}: {error}"
            return
        except (ValueError, KeyError, TypeError):
            found.why = f"HTTP {answer.status_code}, but no list of models"
            return
        found.reachable = True
        own = next((one for one in listed if one["id"] == self._endpoint.name), None)
        length = (own or {}).get("max_model_len")
        found.context = length if isinstance(length, int) else None
        if own is None:
            found.why = f"it serves no model {self._endpoint.name}"

    async def _schema(self, found: Probed) -> None:
        named = {"name": "answer", "schema": _ODD, "strict": True}
        held = {"response_format": {"type": "json_schema", "json_schema": named}}
        valid, thoughts = 0, 0
        for _ in range(_TRIES):
            message = _message(await self._chat(_FREE, **held))
            text = str(message.get("content") or "")
            thoughts += bool(message.get("reasoning_content") or message.get("reasoning")) or "</think>" in text
            try:
                validate(parse(text), _ODD)
                valid += 1
            except ModelAnswer:
                continue
        found.schema = (
            "enforced"
            if valid == _TRIES
            else f"not enforced ({valid} of {_TRIES}): answers are validated and asked again"
        )
        found.thinking = "off" if not thoughts else f"cannot be turned off ({thoughts} of {_TRIES} answers thought)"

    async def _ends(self, found: Probed) -> None:
        answer = await self._chat("Count upwards in words, slowly, without end.", max_tokens=4)
        reason = _choice(answer).get("finish_reason")
        found.finish_reason = "told (length)" if reason == "length" else f"not told: {reason!r} for an answer cut off"

    async def _prefix(self, found: Probed) -> None:
        long = "A customer asks what a term deposit is. " * 60
        for _ in range(2):
            usage = (await self._chat(long, max_tokens=4)).get("usage") or {}
        details = usage.get("prompt_tokens_details") or {}
        cached = details.get("cached_tokens")
        found.cached = (
            "not told" if cached is None else f"told: {cached} of {usage.get('prompt_tokens')} tokens the second time"
        )

    async def _speed(self, many: int) -> float:
        begun = time.monotonic()
        asks = (self._chat(f"{_FREE} Visitor {number}.", max_tokens=_LENGTH) for number in range(many))
        said = await asyncio.gather(*asks)
        tokens = sum(int((one.get("usage") or {}).get("completion_tokens") or 0) for one in said)
        return tokens / (time.monotonic() - begun)

    async def _chat(self, words: str, **more: Any) -> Mapping[str, Any]:
        """The body of an answer; empty where there was none that could be read."""
        asked = {
            "model": self._endpoint.name,
            "messages": [{"role": "user", "content": words}],
            "max_tokens": 200,
            "temperature": 0.7,
            "chat_template_kwargs": {"enable_thinking": False},
            **more,
        }
        try:
            body = (await self._wire.post("chat/completions", json=asked)).json()
        except (httpx2.HTTPError, ValueError):
            return {}
        return body if isinstance(body, dict) else {}


def _choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    choices: Sequence[Any] = body.get("choices") or [{}]
    return choices[0] if isinstance(choices[0], dict) else {}


def _message(body: Mapping[str, Any]) -> Mapping[str, Any]:
    message = _choice(body).get("message")
    return message if isinstance(message, dict) else {}
