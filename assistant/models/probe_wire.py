"""A server's own words, asked for as the desk asks, without the desk's retries. Heavy: import it where it is used."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx2

from assistant.errors import ModelAnswer, ModelError, ModelUnavailable
from assistant.models.bounded import BoundedTransport, TooLarge
from assistant.models.endpoint import MAX_BODY, Endpoint, trusted
from assistant.models.http_faults import of_connection, of_status, too_large

OFF: Mapping[str, Any] = {"chat_template_kwargs": {"enable_thinking": False}}
"""What each of the desk's calls carries beside words and schema."""
_OK = 200
_ENDS = ("/chat/completions", "/completions", "/models")


class ProbeWire:
    """One server, asked directly. What does not come back as it should raises ModelError with what and mend."""

    def __init__(self, endpoint: Endpoint, most: int = 1) -> None:
        """`most`: calls that may be under way at once."""
        self._endpoint = endpoint
        key = endpoint.key.get_secret_value()
        limits = httpx2.Limits(max_connections=most)
        self._client = httpx2.AsyncClient(
            transport=BoundedTransport(MAX_BODY, limits=limits, trust_env=False, verify=trusted()),
            headers={"authorization": f"Bearer {key}"} if key else {},
            timeout=endpoint.timeout_s,
            trust_env=False,
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def models(self, url: str = "") -> list[Mapping[str, Any]]:
        """What is served, each with its `id`."""
        body = await self._asked("GET", f"{url or self._url()}/models")
        listed = body.get("data") if isinstance(body, Mapping) else None
        if not isinstance(listed, list) or not all(isinstance(one, Mapping) and "id" in one for one in listed):
            raise ModelAnswer(
                "The server answered, but with no list of models.",
                "It may not be OpenAI-compatible: COPYDESK_MODEL_URL is the address that ends in /v1.",
                fault="no_completion",
            )
        return listed

    async def chat(self, words: str, **more: Any) -> Mapping[str, Any]:
        """The body of a chat completion; a value of None takes that field out of the request."""
        asked = {
            "model": self._endpoint.name,
            "messages": [{"role": "user", "content": words}],
            "max_tokens": 200,
            "temperature": 0.7,
            **OFF,
            **more,
        }
        asked = {name: value for name, value in asked.items() if value is not None}
        body = await self._asked("POST", f"{self._url()}/chat/completions", asked)
        if not isinstance(body, Mapping) or not message_of(body):
            raise ModelAnswer(
                "The server answered, but with no chat completion.",
                "See what runs under COPYDESK_MODEL_URL.",
                fault="no_completion",
            )
        return body

    async def elsewhere(self) -> str:
        """The address near this one that does list models; empty where there is none."""
        url = self._url()
        near = [url.removesuffix(end) for end in _ENDS if url.endswith(end)] or [f"{url}/v1"]
        for one in near:
            try:
                await self.models(one)
            except ModelError:
                continue
            return one
        return ""

    async def _asked(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> Any:
        late = ModelUnavailable(
            f"The server did not answer within {self._endpoint.timeout_s:g} s.",
            "See its log and its load, or raise COPYDESK_MODEL_TIMEOUT.",
            fault="late",
        )
        try:
            # The client's own limit begins anew with every byte.
            async with asyncio.timeout(self._endpoint.timeout_s):
                answer = await self._client.request(method, url, json=body)
        except (TimeoutError, httpx2.TimeoutException):
            raise late from None
        except TooLarge:
            raise too_large() from None
        except httpx2.HTTPError as error:
            raise of_connection(error) from None
        if answer.status_code != _OK:
            raise of_status(answer.status_code, answer.text)
        try:
            return answer.json()
        except (ValueError, RecursionError):
            what = "The server answered, but with no JSON: a page to log in, or another program."
            raise ModelAnswer(what, "See what runs under COPYDESK_MODEL_URL.", fault="no_completion") from None

    def _url(self) -> str:
        return self._endpoint.url.rstrip("/")


def choice_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first choice of a completion; empty where there is none."""
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, Sequence) and choices else None
    return first if isinstance(first, Mapping) else {}


def message_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message of a completion; empty where there is none."""
    message = choice_of(body).get("message")
    return message if isinstance(message, Mapping) else {}


def used(body: Mapping[str, Any], name: str) -> int | None:
    """Tokens of a completion by their name in `usage`; None where they are not told."""
    return _count(body, "usage", name)


def cached_of(body: Mapping[str, Any]) -> int | None:
    """Prompt tokens that came from the prefix cache; None where that is not told."""
    return _count(body, "usage", "prompt_tokens_details", "cached_tokens")


def _count(value: Any, *names: str) -> int | None:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, int) else None
