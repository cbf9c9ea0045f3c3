"""A LangChain chat model over a model in this process. Heavy: import it where it is used."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from assistant.models.local_engine import LocalEngine, Said, engine_of, streamed


class LocalChat(BaseChatModel):
    """Speaks as a served model does: the same `response_format`, the same metadata in its answers."""

    folder: Path
    name: str = "local"
    max_tokens: int = 1024
    temperature: float = 0.7
    threads: int = 1

    @property
    def engine(self) -> LocalEngine:
        """The loaded model."""
        return engine_of(self.folder, self.threads)

    @property
    def _llm_type(self) -> str:
        return "copydesk-local"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return self._result(self._say(messages, options, threading.Event()))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        given_up = threading.Event()
        try:
            return self._result(await asyncio.to_thread(self._say, messages, options, given_up))
        finally:
            # Who was cancelled waits no longer; the thread must not go on to the last token for nobody.
            given_up.set()

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        given_up = threading.Event()
        try:
            for piece in streamed(self.engine, lambda streamer: self._say(messages, options, given_up, streamer)):
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        finally:
            given_up.set()

    def _say(
        self, messages: list[BaseMessage], options: Mapping[str, Any], given_up: threading.Event, streamer: Any = None
    ) -> Said:
        held = options.get("response_format") or {}
        return self.engine.say(
            convert_to_openai_messages(messages),
            held.get("json_schema", {}).get("schema"),
            max_tokens=self.max_tokens,
            temperature=options.get("temperature", self.temperature),
            seed=options.get("seed") or secrets.randbits(31),
            stopped=given_up.is_set,
            streamer=streamer,
        )

    def _result(self, said: Said) -> ChatResult:
        message = AIMessage(
            content=said.text,
            response_metadata={"finish_reason": said.finish_reason, "model_name": self.name},
            usage_metadata={
                "input_tokens": said.tokens_in,
                "output_tokens": said.tokens_out,
                "total_tokens": said.tokens_in + said.tokens_out,
            },
        )
        return ChatResult(generations=[ChatGeneration(message=message)])
