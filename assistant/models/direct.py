"""LangChain's chat model, with the messages handed to the wire as they are. Heavy: import it where it is used."""

from __future__ import annotations

from typing import Any

from langchain_openai import ChatOpenAI


class DirectChat(ChatOpenAI):
    """ChatOpenAI whose messages travel in `extra_body`.

    The openai client else tries each message against every message type that OpenAI knows, a fifth of what a
    call costs us; what stands in `extra_body` takes the place of the argument of the same name.
    """

    def _get_request_payload(self, input_: Any, *, stop: list[str] | None = None, **options: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **options)
        payload["extra_body"] = {**(payload.get("extra_body") or {}), "messages": payload["messages"]}
        payload["messages"] = []
        return payload
