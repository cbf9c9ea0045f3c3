"""What asks the server for tokens: the desk's model writer, and a bare load generator that posts the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx2

from assistant.bootstrap.desk import Desk
from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.structured import Structured
from assistant.writing.drafts import Job
from assistant.writing.model.prompt import load_prompt
from assistant.writing.model.writer import ModelWriter

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

PATIENCE_S = 300.0
"""Seconds that a call may take: the machine may be busy with other work."""
MAX_TOKENS = 1024
"""No answer comes near to it: one that is cut off would be refused, and the benchmark end."""
_JSON = {"content-type": "application/json"}


class Ours:
    """The desk's model writer: prompt, schema, places, LangChain, retries, reading, validation, drafts.

    At temperature 0, so that both sides get the same answers.
    """

    def __init__(self, desk: Desk, jobs: Sequence[Job]) -> None:
        assert desk.endpoint is not None
        self._desk, self._jobs = desk, jobs
        self._bodies: list[bytes] = []
        endpoint = replace(desk.endpoint, max_tokens=MAX_TOKENS, temperature=0.0)
        self._model = Structured(endpoint, self._heard)
        repair = load_prompt(desk.content / "prompts", "repair")
        self._writer = ModelWriter(desk.pack, self._model, "", desk.prompter, repair, deadline_s=PATIENCE_S)

    async def call(self, number: int) -> int:
        """Make the call for the job of that number; the tokens of its answer."""
        drafts = await self._writer.write(self._jobs[number])
        assert drafts[0].call is not None
        return drafts[0].call.tokens_out

    def sent(self) -> list[bytes]:
        """The body that went out for each job, each having been called once. From now on none are kept, so that
        what is measured is the desk's own client and nothing else."""
        self._client.event_hooks = {"request": []}
        asked = {json.loads(body)["messages"][-1]["content"]: body for body in self._bodies}
        assert len(asked) == len(self._bodies) == len(self._jobs), "a call was made again"
        prompts = (self._desk.prompter.prompt(job)[0] for job in self._jobs)
        return [asked[prompt.messages[-1]["content"]] for prompt in prompts]

    def _heard(self, endpoint: Endpoint) -> BaseChatModel:
        model = chat_model(endpoint)
        self._client: httpx2.AsyncClient = model.http_async_client  # type: ignore[attr-defined]
        self._client.event_hooks = {"request": [self._keep]}
        return model

    async def _keep(self, request: httpx2.Request) -> None:
        self._bodies.append(request.content)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._model.aclose()


class Bare:
    """A load generator that posts `bodies` and reads `usage`, over the HTTP library that the desk's client has."""

    def __init__(self, base: str, bodies: Sequence[bytes]) -> None:
        limits = httpx2.Limits(max_connections=len(bodies), max_keepalive_connections=len(bodies))
        self._client = httpx2.AsyncClient(base_url=base, timeout=PATIENCE_S, trust_env=False, limits=limits)
        self._bodies = bodies

    async def call(self, number: int) -> int:
        """Make the call with the body of that number; the tokens of its answer."""
        answer = await self._client.post("/v1/chat/completions", content=self._bodies[number], headers=_JSON)
        tokens: int = answer.raise_for_status().json()["usage"]["completion_tokens"]
        return tokens

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
