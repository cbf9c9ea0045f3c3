"""The scripted endpoint: bears many at once, answers the write schema by itself."""

from __future__ import annotations

import asyncio
import time

from assistant.models.endpoint import Endpoint
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply
from assistant.models.scripted_words import answer
from assistant.models.structured import Structured

ANY = {"type": "object"}


def test_sixty_four_wait_together_without_burning_the_processor() -> None:
    async def many(server: ScriptedEndpoint) -> None:
        model = Structured(Endpoint(server.url, "tiny", concurrency=64))
        asks = [model.ask([{"role": "user", "content": str(i)}], ANY, deadline_s=30) for i in range(64)]
        calls = asyncio.gather(*asks)
        await asyncio.to_thread(server.wait_for, 64)
        held, began = time.process_time(), time.monotonic()
        server.wait_for(65, timeout_s=0.3)
        assert time.process_time() - held < 0.5 * (time.monotonic() - began)
        server.release()
        await calls
        await model.aclose()

    with ScriptedEndpoint([Reply({"a": 1}, hold=True)]) as server:
        asyncio.run(many(server))
    assert server.at_once == 64


def test_the_default_script_is_deterministic() -> None:
    fields = {"angle": {"enum": ["gain", "ease"]}, "title": {"minLength": 1}, "body": {}}
    schema = {"properties": {"variants": {"minItems": 2, "items": {"properties": fields}}}}
    prompt = "- `{product.name}`: the product's name\nWrite in Traditional Chinese (zh-Hant)."
    request = {
        "messages": [{"role": "user", "content": prompt}],
        "response_format": {"json_schema": {"schema": schema}},
    }
    reply = answer(request)
    assert reply == answer(request)
    assert isinstance(reply.content, dict)
    first, second = reply.content["variants"]
    assert first["body"] != second["body"] and first["title"]
    assert "{product.name}" in first["body"]
