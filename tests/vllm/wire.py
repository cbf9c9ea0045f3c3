"""The server's own words, past the desk's client: what the desk does not read, the tests must."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from eval.vllm_server import NAME

OFF: Mapping[str, Any] = {"enable_thinking": False}


class Wire:
    """A vLLM server at `base`, asked directly. `wait` seconds are given to whatever must come about."""

    def __init__(self, base: str, wait: float = 60.0) -> None:
        self._client = httpx.Client(base_url=base, timeout=wait, trust_env=False)
        self._wait = wait

    def chat(self, messages: Sequence[Mapping[str, str]], **more: Any) -> dict[str, Any]:
        """The body of a completion, with the ids of its tokens."""
        asked = {"model": NAME, "messages": messages, "max_tokens": 200, "return_token_ids": True, **more}
        return self._posted("/v1/chat/completions", asked)

    def tokens(self, messages: Sequence[Mapping[str, str]], template: Mapping[str, Any] = OFF) -> list[int]:
        """The ids that the rendered chat has, as the server counts them."""
        asked = {"model": NAME, "messages": messages, "chat_template_kwargs": template, "add_generation_prompt": True}
        found: list[int] = self._posted("/tokenize", asked)["tokens"]
        return found

    def text(self, tokens: Sequence[int]) -> str:
        """What the ids stand for."""
        return str(self._posted("/detokenize", {"model": NAME, "tokens": tokens})["prompt"])

    def metric(self, name: str) -> float:
        """The sum of a metric over all its labels."""
        lines = self._client.get("/metrics").raise_for_status().text
        return sum(float(value) for value in re.findall(rf"^vllm:{name}(?:{{.*}})? (\S+)$", lines, re.MULTILINE))

    def ended(self) -> int:
        """Calls that were answered to their end, whatever the reason."""
        return int(self.metric("request_success_total"))

    def until(self, holds: Callable[[], bool]) -> bool:
        """Whether it came to hold in time; asked ten times a second."""
        end = time.monotonic() + self._wait
        while not holds():
            if time.monotonic() > end:
                return False
            time.sleep(0.1)  # between two polls; the server tells of nothing by itself
        return True

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _posted(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answered: dict[str, Any] = self._client.post(path, json=body).raise_for_status().json()
        return answered
