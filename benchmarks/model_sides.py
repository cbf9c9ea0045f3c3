"""What asks the server for tokens: the desk's model writer, and a bare load generator that posts the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx2

from assistant.bootstrap import Desk
from assistant.errors import ModelAnswer
from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.structured import Structured
from assistant.writing.drafts import Job
from assistant.writing.model.prompt import load_prompt
from assistant.writing.model.writer import ModelWriter

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

PATIENCE_S = 300.0
"""Seconds that a call may take: the machine may be busy with other work."""
_JSON = {"content-type": "application/json"}


class Ours:
    """The desk's model writer: prompt, schema, places, LangChain, retries, reading, validation, drafts.

    `max_tokens`: of an answer. `cut_off` counts the answers that ran into it.
    """

    name = "ours"

    def __init__(self, desk: Desk, jobs: Sequence[Job], max_tokens: int) -> None:
        assert desk.endpoint is not None
        self.cut_off = 0
        self._desk, self._jobs = desk, jobs
        self._bodies: list[bytes] = []
        self._model = Structured(replace(desk.endpoint, max_tokens=max_tokens), self._heard)
        repair = load_prompt(desk.content / "prompts", "repair")
        self._writer = ModelWriter(desk.pack, self._model, "", desk.prompter, repair, deadline_s=PATIENCE_S)

    async def call(self, number: int) -> None:
        """The call for the job of that number; an answer that was cut off has cost its tokens as well."""
        try:
            await self._writer.write(self._jobs[number])
        except ModelAnswer as error:
            if error.fault != "cut_off":
                raise
            self.cut_off += 1

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
    """A load generator that posts `bodies` and reads `usage`; `tokens` sums what the answers said they have."""

    name = "bare"

    def __init__(self, base: str, bodies: Sequence[bytes]) -> None:
        limits = httpx2.Limits(max_connections=len(bodies), max_keepalive_connections=len(bodies))
        self._client = httpx2.AsyncClient(base_url=base, timeout=PATIENCE_S, trust_env=False, limits=limits)
        self._bodies = bodies
        self.tokens = 0

    async def call(self, number: int) -> None:
        """The call with the body of that number."""
        answer = await self._client.post("/v1/chat/completions", content=self._bodies[number], headers=_JSON)
        self.tokens += answer.raise_for_status().json()["usage"]["completion_tokens"]

    async def given_out(self) -> float:
        """Tokens that the server has given out since it began, whoever asked for them."""
        text = (await self._client.get("/metrics")).raise_for_status().text
        return sum(map(float, re.findall(r"^vllm:generation_tokens_total(?:{.*})? (\S+)$", text, re.MULTILINE)))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
