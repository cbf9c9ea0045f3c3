"""What a model's server really does: asked, not assumed. Heavy: import it where it is used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from assistant.errors import ModelAnswer, ModelError
from assistant.models.answer import parse, validate
from assistant.models.endpoint import Endpoint
from assistant.models.probe_wire import ProbeWire, cached_of, choice_of, message_of, used
from assistant.models.probed import AT_ONCE, Probed, nearest_first
from assistant.models.tokens import served

_LENGTH = 64
"""Tokens that a call of the speed measurement may answer with."""
_TRIES = 3
_SHORT = 4
"""Tokens after which an answer is cut off to see whether the server says so."""
_ODD = {
    "type": "object",
    "properties": {"stone": {"enum": ["quartz-41"]}, "count": {"type": "integer", "minimum": 7, "maximum": 7}},
    "required": ["stone", "count"],
    "additionalProperties": False,
}
"""Nobody who is free to write what he likes writes this."""
_FREE = "Greet a visitor in one friendly sentence. Write plain words, no JSON."
_LONG = "A customer asks what a term deposit is: 一笔定期存款，到期再取。" * 50
_ALIKE = 8
"""Two ways of counting the same text may differ by so many tokens, where its halves meet the template's."""
_LOST = frozenset({"refused", "late"})


async def looked(endpoint: Endpoint) -> list[str]:
    """The ids of the models that a server lists. Raises ModelError with what is wrong and the mend."""
    async with ProbeWire(endpoint) as wire:
        return [str(one["id"]) for one in await wire.models()]


class Probe:
    """Looks at one server over HTTP. Nothing that it finds is an exception: it is told."""

    def __init__(self, endpoint: Endpoint, prompt_tokens: int = 0) -> None:
        """`prompt_tokens`: about what the desk's prompts have; 0 where the context is not to be judged."""
        self._endpoint = endpoint
        self._prompt_tokens = prompt_tokens
        self._wire = ProbeWire(endpoint, max(AT_ONCE))
        self._gone: ModelError | None = None
        self._hello: Mapping[str, Any] = {}
        self._long: Mapping[str, Any] = {}

    async def run(self) -> Probed:
        """Everything, one thing after another, until the server turns out to be of no use or goes away."""
        found = Probed(server=self._endpoint.shown)
        async with self._wire:
            await self._answers(found)
            for look in (self._room, self._schema, self._ends, self._prefix, self._tokens, self._speeds):
                if not found.usable:
                    break
                await look(found)
                if self._gone is not None:
                    found.told(f"It answered at first, and then no more: {self._gone.what}", self._gone.mend)
        return found

    async def _answers(self, found: Probed) -> None:
        """Whether there is a server, with that model, that answers a call such as the desk's."""
        unlisted: ModelError | None = None
        try:
            listed = await self._wire.models()
            found.models = [str(one["id"]) for one in listed]
            lengths = (one.get("max_model_len") for one in listed if one["id"] == self._endpoint.name)
            found.context = next((length for length in lengths if isinstance(length, int)), None)
            found.reachable = True
        except ModelError as error:
            unlisted = error
            if error.fault in _LOST:
                found.told(error.what, error.mend)
                return
        name, own = self._endpoint.name, self._endpoint.name in found.models
        try:
            self._hello = await self._wire.chat(_FREE, max_tokens=_SHORT)
        except ModelError as error:
            await self._unanswered(found, unlisted or error, own)
            return
        found.reachable = found.usable = True
        if not own:
            found.why = f"it lists no model {name}, yet answers to that name" if found.models else "it lists no models"

    async def _unanswered(self, found: Probed, error: ModelError, own: bool) -> None:
        if found.models and not own:
            near = ", ".join(nearest_first(self._endpoint.name, found.models)[:12])
            found.told(
                f"it serves no model {self._endpoint.name}", f"Set COPYDESK_MODEL_NAME to what it serves: {near}."
            )
        elif not found.reachable and (there := await self._wire.elsewhere()):
            found.told(error.what, f"There is a server under {there}: set COPYDESK_MODEL_URL to it.")
        elif error.fault == "rejected" and await self._takes(chat_template_kwargs=None):
            what = "it refuses the field chat_template_kwargs, by which the desk turns thinking off"
            found.told(what, "Serve the model with another program, or have a proxy take the field out.")
        else:
            found.told(error.what, error.mend)

    async def _takes(self, **fields: Any) -> bool:
        try:
            return bool(await self._wire.chat(_FREE, max_tokens=_SHORT, **fields))
        except ModelError:
            return False

    async def _room(self, found: Probed) -> None:
        found.fit(self._endpoint, self._prompt_tokens)

    async def _schema(self, found: Probed) -> None:
        named = {"name": "answer", "schema": _ODD, "strict": True}
        held = {"response_format": {"type": "json_schema", "json_schema": named}}
        valid, thoughts, said = 0, 0, 0
        for _ in range(_TRIES):
            try:
                message = message_of(await self._chat(_FREE, **held))
            except ModelError as error:
                found.schema = f"no answer: {error}"
                if error.fault == "rejected":
                    found.told(
                        f"it refuses calls with a JSON Schema, and the desk makes no other: {error.what}", error.mend
                    )
                    return
                continue
            said += 1
            text = str(message.get("content") or "")
            thoughts += bool(message.get("reasoning_content") or message.get("reasoning")) or "</think>" in text
            try:
                validate(parse(text), _ODD)
                valid += 1
            except ModelAnswer:
                continue
        if not said:
            return
        free = f"not enforced ({valid} of {said}): answers are validated and asked again"
        found.schema = "enforced" if valid == said else free
        found.thinking = "off" if not thoughts else f"cannot be turned off ({thoughts} of {said} answers thought)"

    async def _ends(self, found: Probed) -> None:
        """Several times: a terse model ends by itself, and a server may say it now and then only."""
        told, cut, last = 0, 0, ""
        for number in range(_TRIES):
            try:
                answer = await self._chat(f"Count upwards in words from {number}, without end.", max_tokens=_SHORT)
            except ModelError as error:
                last = f"no answer: {error}"
                continue
            reason, spent = choice_of(answer).get("finish_reason"), used(answer, "completion_tokens")
            told += reason == "length"
            cut += reason == "length" or spent is None or spent >= _SHORT
            last = f"{reason!r}"
        if not cut:
            found.finish_reason = f"not seen: no answer ran into its limit ({last})"
        elif told == cut:
            found.finish_reason = f"told (length, {told} of {cut})"
        else:
            found.finish_reason = f"not told ({told} of {cut}): {last} for an answer cut off"

    async def _prefix(self, found: Probed) -> None:
        try:
            for _ in range(2):
                self._long = await self._chat(_LONG, max_tokens=_SHORT)
        except ModelError as error:
            found.cached = f"no answer: {error}"
            return
        cached, whole = cached_of(self._long), used(self._long, "prompt_tokens")
        found.cached = "not told" if cached is None else f"told: {cached} of {whole} tokens the second time"

    async def _tokens(self, found: Probed) -> None:
        """What `/tokenize` counts must be what answers are charged with; the template's own tokens fall out."""
        counts = [await asyncio.to_thread(served, self._endpoint, text) for text in (_FREE, _LONG)]
        short, long = used(self._hello, "prompt_tokens"), used(self._long, "prompt_tokens")
        if counts[0] is None or counts[1] is None:
            found.tokenizer = "none: counted by own ranks"
        elif short is None or long is None or abs((long - short) - (counts[1] - counts[0])) <= _ALIKE:
            found.tokenizer = "exact (/tokenize)"
        else:
            found.tokenizer = (
                f"does not match: /tokenize counts {counts[1] - counts[0]:,} tokens where answers are charged with "
                f"{long - short:,}. Let the proxy send both to the same server"
            )

    async def _speeds(self, found: Probed) -> None:
        for many in AT_ONCE:
            speed, failed = await self._speed(many)
            if speed:
                found.speed[many] = speed
            if failed:
                found.failed[many] = failed
                return

    async def _speed(self, many: int) -> tuple[float, str]:
        """Tokens a second, and what went wrong on the way."""
        begun = time.monotonic()
        asks = (self._wire.chat(f"{_FREE} Visitor {number}.", max_tokens=_LENGTH) for number in range(many))
        said = await asyncio.gather(*asks, return_exceptions=True)
        took = time.monotonic() - begun
        for one in said:
            if isinstance(one, BaseException) and not isinstance(one, ModelError):
                raise one
        errors = [one for one in said if isinstance(one, ModelError)]
        tokens = sum(used(one, "completion_tokens") or 0 for one in said if isinstance(one, Mapping))
        return tokens / took, f"{len(errors)} of {many} calls failed: {errors[0].what}" if errors else ""

    async def _chat(self, words: str, **more: Any) -> Mapping[str, Any]:
        try:
            return await self._wire.chat(words, **more)
        except ModelError as error:
            if error.fault in _LOST:
                self._gone = error
            raise
