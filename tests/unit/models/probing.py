"""A probe of an address, and a server such as vLLM for it to find."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from assistant.models.endpoint import Endpoint
from assistant.models.probe import Probe
from assistant.models.probed import Probed
from tests.unit.models.servers import Answer, completion, refusal, told

KEY = "sk-never-shown-5520"
LISTED = {"data": [{"id": "qwen3-8b", "max_model_len": 8192}, {"id": "bge-m3"}]}
ODD = '{"stone": "quartz-41", "count": 7}'


def probed(url: str, name: str = "scripted", timeout_s: float = 20.0, prompt: int = 0) -> Probed:
    endpoint = Endpoint(url, name, SecretStr(KEY), timeout_s=timeout_s)
    return asyncio.run(Probe(endpoint, prompt).run())


def vllm(**changed: Answer) -> Answer:
    """A server such as vLLM: it enforces schemas, tells what it cached, counts tokens; `changed` by the path's end."""

    def say(method: str, path: str, body: dict[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        last = path.rpartition("/")[2]
        if last in changed:
            return changed[last](method, path, body)
        if last == "models":
            return told(LISTED)
        if last == "tokenize":
            return told({"count": len(body["prompt"])})
        if last != "completions":
            return refusal("Not Found", 404)
        words = ODD if "response_format" in body else "One two three."
        prompt = len(body["messages"][0]["content"]) + 11
        return told(completion(words, prompt, body["max_tokens"], prompt_tokens_details={"cached_tokens": prompt // 2}))

    return say
