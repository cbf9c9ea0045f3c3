"""One question to the model, one answer that its schema holds, within a deadline."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from assistant.errors import ModelAnswer, ModelError, ModelUnavailable
from assistant.models.answer import Answer, parse, validate
from assistant.models.breaker import Breaker
from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.places import Places

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import AIMessage

Message = Mapping[str, str]
"""`{"role": "system" | "user" | "assistant", "content": …}`."""
_AGAIN = frozenset({"no_json", "schema"})
_SHAPE = "{error} Answer again, with one JSON object that this schema holds and nothing else:\n{schema}"
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.25, 8.0


class Structured:
    """Asks an endpoint for JSON of a schema. Serves any number of tasks, and event loops one after another."""

    def __init__(self, endpoint: Endpoint, build: Callable[[Endpoint], BaseChatModel] = chat_model) -> None:
        self.endpoint = endpoint
        self._build = build
        self.breaker = Breaker()
        # Connections and semaphores belong to a loop; a second asyncio.run must not meet the first one's.
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()

    async def ask(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
        seed: int | None = None,
    ) -> Answer:
        """The answer, within `deadline_s` seconds: waiting for a place and retries are counted in, though not the
        seconds that loading the client takes before a loop's first call.

        `schema` is what decoding is held to; `accept`, where given, is the looser one that the answer is
        validated by (a server without constrained decoding ignores patterns that the checks mend anyway). The
        same `seed` asks the same again; left out, one is drawn.
        Raises ModelUnavailable (refused, down, late) or ModelAnswer (cut off, no JSON, against the schema).
        """
        line = self._line()
        self.breaker.check()
        begun, drawn, met = time.monotonic(), secrets.randbits(31) if seed is None else seed, list[str]()
        options = _held_to(line.model, schema, drawn if self.endpoint.seeded else None)
        try:
            async with asyncio.timeout(deadline_s):
                answer = await self._read(line, list(messages), options, accept or schema, begun + deadline_s, met)
        except (TimeoutError, ModelUnavailable) as error:
            self.breaker.failed()
            line.places.overloaded()
            late = ModelUnavailable(f"The model did not answer within {deadline_s:g} s.", fault="late")
            raise _with(error if isinstance(error, ModelUnavailable) else late, met) from None
        except ModelAnswer as error:
            self.breaker.answered()
            raise _with(error, met) from None
        except BaseException:  # a cancellation too: the breaker must not wait for this call; the reason goes on
            self.breaker.given_up()
            raise
        self.breaker.answered()
        line.places.went_well()
        took = time.monotonic() - begun
        return replace(
            answer,
            seed=drawn if self.endpoint.seeded else 0,
            met=tuple(met),
            sampling=self.endpoint.sampling,
            latency_s=took,
        )

    async def _read(
        self,
        line: _Line,
        messages: list[Message],
        options: Mapping[str, Any],
        accept: Mapping[str, Any],
        until: float,
        met: list[str],
    ) -> Answer:
        """The answer; one that its schema does not hold is asked for once more, with what was wrong and the schema.

        A server that enforces schemas never comes here; one that ignores them is served this way.
        """
        message = await line.call(messages, options, until, met)
        try:
            return _answer(message, accept, self.endpoint.name)
        except ModelAnswer as error:
            if error.fault not in _AGAIN:
                raise
            met.append(error.fault)
            told = _SHAPE.format(error=error.what, schema=json.dumps(accept, ensure_ascii=False))
        # What it said is not sent back: it may be of any length, and is no example of what is wanted.
        again = await line.call([*messages, {"role": "user", "content": told}], options, until, met)
        return _answer(again, accept, self.endpoint.name)

    def load(self) -> None:
        """Load what a first call needs, a model in this process included: no deadline counts it then."""
        import assistant.models.faults  # noqa: F401

        self._build(self.endpoint)

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
        self.places = Places(places)

    async def call(
        self, messages: Sequence[Message], options: Mapping[str, Any], until: float, met: list[str]
    ) -> AIMessage:
        """The model's message; passing faults are noted in `met` and tried again until `until` (monotonic seconds)."""
        from langsmith.run_helpers import tracing_context

        from assistant.models.faults import FOREIGN, mapped, passing, retry_after

        while True:
            try:
                # Whatever LANGSMITH_TRACING says in the environment: prompts go to the model and nowhere else.
                async with self.places.one():
                    with tracing_context(enabled=False):
                        return await self.model.ainvoke(_plain(messages), **options)
            except FOREIGN as error:
                told = mapped(error)
                wait = max(retry_after(error), _jitter(len(met) + 1))
                if not passing(error) or time.monotonic() + wait >= until:
                    raise told from None
                met.append(told.fault)
                if told.fault == "busy":
                    self.places.overloaded()
            await asyncio.sleep(wait)


def _jitter(tries: int) -> float:
    """Full jitter: many callers that failed together must not come back together."""
    top = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (tries - 1))
    return random.uniform(top / 4, top)


def _plain(messages: Sequence[Message]) -> list[Any]:
    from langchain_core.messages import convert_to_messages

    return list(convert_to_messages([dict(message) for message in messages]))


def _with(error: ModelError, met: Sequence[str]) -> ModelError:
    error.met = tuple(met)
    return error


def _held_to(model: BaseChatModel, schema: Mapping[str, Any], seed: int | None) -> dict[str, Any]:
    """Call options that hold decoding to the schema, and sampling to the seed.

    Beside the body rather than in it where the model can: the openai client else walks through the whole schema
    (a third of a call's CPU), and raises on a cut-off answer instead of returning it with its finish_reason.
    """
    named = {"name": "answer", "schema": dict(schema), "strict": True}
    held: dict[str, Any] = {"response_format": {"type": "json_schema", "json_schema": named}}
    if seed is not None:
        held["seed"] = seed
    beside = getattr(model, "extra_body", None)
    return {"extra_body": {**beside, **held}} if beside else held


def _answer(message: AIMessage, schema: Mapping[str, Any], asked: str) -> Answer:
    from assistant.models.faults import truncated

    about = message.response_metadata
    reason = str(about.get("finish_reason") or "")
    if reason == "length":
        raise truncated()
    text = message.content if isinstance(message.content, str) else ""
    if not text.strip():
        mend = "With thinking on, the words may be in its thoughts."
        raise ModelAnswer("The model's answer is empty.", mend, fault="empty")
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
        latency_s=0.0,
        finish_reason=reason,
        revision=str(about.get("system_fingerprint") or ""),
    )
