"""What vLLM alone can tell: its cache, its count of tokens, the thoughts that it parses, what it stops."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from assistant.models.answer import Answer
from tests.contract.schemas import ENDLESS, PLAIN
from tests.contract.served import PATIENCE_S, Served, ask, said
from tests.vllm.wire import Wire

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]
HELD = {"response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": PLAIN}}}
CHATS = {
    "one turn": said("写一条短信 for {product.name}，清楚一点。"),
    "a repair": [
        *said("Write."),
        {"role": "assistant", "content": '{"word": "稳赚"}'},
        {"role": "user", "content": "改"},
    ],
}


def asked(served: Served, *chats: list[dict[str, str]]) -> list[Answer]:
    """One after another on one loop."""

    async def each() -> list[Answer]:
        try:
            return [await served.structured.ask(chat, PLAIN, deadline_s=PATIENCE_S) for chat in chats]
        finally:
            await served.structured.aclose()

    return asyncio.run(each())


def test_the_second_ask_with_the_same_beginning_is_partly_cached(served: Served) -> None:
    shared = f"{uuid.uuid4()} " + "The bank writes to its customers in plain words. " * 60
    first, second = asked(served, *([{"role": "user", "content": shared + last}] for last in ("sms", "push")))
    assert first.cached == 0
    # Whole blocks of 128 tokens are kept; the last words differ.
    assert second.cached > 0 and second.cached % 128 == 0 and second.cached > second.tokens_in - 256


def test_what_differs_at_its_beginning_is_not_cached(served: Served) -> None:
    shared = "The bank writes to its customers in plain words. " * 60
    firsts = [f"{uuid.uuid4()} " for _ in range(2)]
    answers = asked(served, *([{"role": "user", "content": first + shared}] for first in firsts))
    assert [answer.cached for answer in answers] == [0, 0]


@pytest.mark.parametrize("chat", CHATS.values(), ids=CHATS)
def test_tokens_are_counted_as_the_server_counts_the_rendered_chat(
    served: Served, wire: Wire, chat: list[dict[str, str]]
) -> None:
    (answer,) = asked(served, chat)
    assert answer.tokens_in == len(wire.tokens(chat)) > 0 and answer.tokens_out > 0
    raw = wire.chat(chat, **HELD)
    assert raw["usage"]["prompt_tokens"] == len(raw["prompt_token_ids"]) == answer.tokens_in
    assert raw["usage"]["completion_tokens"] == len(raw["choices"][0]["token_ids"])


def test_thinking_is_off_and_would_be_seen(wire: Wire) -> None:
    chat = said("Think.")
    for template in ({}, {"chat_template_kwargs": {"enable_thinking": False}}):
        body = wire.chat(chat, **HELD, **template)
        message = body["choices"][0]["message"]
        assert wire.text(body["prompt_token_ids"]).endswith("<think>\n\n</think>\n\n")
        assert "think>" not in message["content"] and not message.get("reasoning")
        assert not message.get("reasoning_content")
        assert not body["usage"]["completion_tokens_details"]["reasoning_tokens"]
    on = wire.chat(chat, **HELD, chat_template_kwargs={"enable_thinking": True})
    assert on["choices"][0]["message"]["reasoning"], "the parser sees no thoughts, so their absence proves nothing"


def test_an_ask_that_was_given_up_burns_no_more_tokens(served: Served, wire: Wire) -> None:
    async def given_up() -> None:
        model = served.with_answers_of(served.context - 500)
        task = asyncio.create_task(ask(model, "Write on.", ENDLESS))
        assert await asyncio.to_thread(wire.until, lambda: wire.metric("num_requests_running") > 0)
        task.cancel()
        await asyncio.wait({task})
        # While the loop and the client are still there: their end would stop the server as well.
        assert await asyncio.to_thread(wire.until, lambda: wire.metric("num_requests_running") == 0)
        await model.aclose()

    before = wire.metric("generation_tokens_total")
    asyncio.run(given_up())
    assert wire.metric("generation_tokens_total") - before < 1500, "the whole answer has some three thousand"
