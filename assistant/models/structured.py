"""One question to the model, one answer that its schema holds, within a deadline."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from assistant.errors import ModelAnswer, ModelUnavailable
from assistant.models.answer import Answer, parse, validate
from assistant.models.endpoint import Endpoint, chat_model

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import AIMessage

Message = Mapping[str, str]
"""`{"role": "system" | "user" | "assistant", "content": …}`."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.25, 8.0


class Structured:
    """Asks an endpoint for JSON of a schema. Serves any number of tasks, and event loops one after another."""

    def __init__(self, endpoint: Endpoint, build: Callable[[Endpoint], BaseChatModel] = chat_model) -> None:
        self.endpoint = endpoint
        self._build = build
        # Connections and semaphores belong to a loop; a second asyncio.run must not meet the first one's.
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()

    async def ask(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
    ) -> Answer:
        """The answer, within `deadline_s` seconds: waiting for a place and retries are counted in, though not the
        seconds that loading the client takes before a loop's first call.

        `schema` is what decoding is held to; `accept`, where given, is the looser one that the answer is
        validated by (a server without constrained decoding ignores patterns that the checks mend anyway).
        Raises ModelUnavailable (refused, down, late) or ModelAnswer (cut off, no JSON, against the schema).
        """
        line = self._line()
        begun = time.monotonic()
        try:
            async with asyncio.timeout(deadline_s):
                message = await line.call(messages, schema, begun + deadline_s)
        except TimeoutError:
            raise ModelUnavailable(f"The model did not answer within {deadline_s:g} s.") from None
        return _answer(message, accept or schema, self.endpoint.name, time.monotonic() - begun)

    def _line(self) -> _Line:
        import assistant.models.faults  # noqa: F401  (loaded here, before the clock runs)

        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            self._lines[loop] = _Line(self._build(self.endpoint), self.endpoint.concurrency)
        return self._lines[loop]

    async def aclose(self) -> None:
        """Close this loop's connections."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line is not None and (client := getattr(line.model, "root_async_client", None)) is not None:
            await client.close()


class _Line:
    """One loop's connections to the model, and how many calls may use them at once."""

    def __init__(self, model: BaseChatModel, places: int) -> None:
        self.model = model
        self._places = asyncio.Semaphore(places)

    async def call(self, messages: Sequence[Message], schema: Mapping[str, Any], until: float) -> AIMessage:
        """The model's message; passing faults are tried again until `until` (monotonic seconds)."""
        from langsmith.run_helpers import tracing_context

        from assistant.models.faults import FOREIGN, mapped, passing, retry_after

        tries = 0
        while True:
            try:
                # Whatever LANGSMITH_TRACING says in the environment: prompts go to the model and nowhere else.
                async with self._places:
                    with tracing_context(enabled=False):
                        return await self.model.ainvoke(_plain(messages), **_held_to(self.model, schema))
            except FOREIGN as error:
                tries += 1
                wait = max(retry_after(error), _jitter(tries))
                if not passing(error) or time.monotonic() + wait >= until:
                    raise mapped(error) from None
            await asyncio.sleep(wait)


def _jitter(tries: int) -> float:
    """Full jitter: many callers that failed together must not come back together."""
    top = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (tries - 1))
    return random.uniform(top / 4, top)


def _plain(messages: Sequence[Message]) -> list[Any]:
    from langchain_core.messages import convert_to_messages

    return list(convert_to_messages([dict(message) for message in messages]))


def _held_to(model: BaseChatModel, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Call options that hold decoding to the schema.

    Beside the body rather than in it where the model can: the openai client else walks through the whole schema
    (a third of a call's CPU), and raises on a cut-off answer instead of returning it with its finish_reason.
    """
    named = {"name": "answer", "schema": dict(schema), "strict": True}
    held = {"response_format": {"type": "json_schema", "json_schema": named}}
    beside = getattr(model, "extra_body", None)
    return {"extra_body": {**beside, **held}} if beside else held


def _answer(message: AIMessage, schema: Mapping[str, Any], asked: str, latency_s: float) -> Answer:
    from assistant.models.faults import truncated

    about = message.response_metadata
    reason = str(about.get("finish_reason") or "")
    if reason == "length":
        raise truncated()
    text = message.content if isinstance(message.content, str) else ""
    if not text.strip():
        raise ModelAnswer("The model's answer is empty.", "With thinking on, the words may be in its thoughts.")
    value = parse(text)
    validate(value, schema)
    usage = message.usage_metadata
    cached = 0
    with suppress(KeyError, TypeError):
        cached = int(usage["input_token_details"]["cache_read"])  # type: ignore[index]
    return Answer(
        content=value,
        model=str(about.get("model_name") or asked),
        tokens_in=usage["input_tokens"] if usage else 0,
        tokens_out=usage["output_tokens"] if usage else 0,
        cached=cached,
        latency_s=latency_s,
        finish_reason=reason,
    )
