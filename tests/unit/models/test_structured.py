"""Asking over real HTTP: what comes back, and what each fault of a server becomes."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.errors import ModelAnswer, ModelError, ModelUnavailable
from assistant.models.answer import Answer, parse
from assistant.models.breaker import Breaker
from assistant.models.endpoint import Endpoint
from assistant.models.places import Places
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply, Script, garbage, hang, reset, status, think, truncate
from assistant.models.structured import Structured

SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
GOOD = {"word": "清楚"}
KEY = "sk-never-shown-7731"


def ask(server: ScriptedEndpoint, deadline_s: float = 10.0, **options: Any) -> Answer:
    async def once() -> Answer:
        model = Structured(Endpoint(server.url, "tiny", SecretStr(KEY)))
        try:
            return await model.ask([{"role": "user", "content": "a word"}], SCHEMA, deadline_s=deadline_s, **options)
        finally:
            await model.aclose()

    return asyncio.run(once())


def failure(script: Script, deadline_s: float = 10.0) -> tuple[ModelError, int]:
    with ScriptedEndpoint(script) as server:
        with pytest.raises(ModelError) as caught:
            ask(server, deadline_s)
        return caught.value, len(server.requests)


def test_a_good_answer_keeps_usage_and_finish_reason() -> None:
    with ScriptedEndpoint([Reply(GOOD, cached=3)], name="tiny-1") as server:
        answer = ask(server)
    assert answer.content == GOOD
    assert (answer.model, answer.cached, answer.finish_reason) == ("tiny-1", 3, "stop")
    assert answer.tokens_in > 0 and answer.tokens_out > 0 and answer.latency_s > 0


def test_the_request_is_held_to_the_schema_and_does_not_think() -> None:
    with ScriptedEndpoint([Reply(GOOD)]) as server:
        ask(server)
    body, headers = server.requests[0].body, server.requests[0].headers
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    assert body["max_tokens"] == 2048
    assert headers["authorization"] == f"Bearer {KEY}" and headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (truncate(GOOD), ModelAnswer, "cut off"),
        (garbage(b"<html>busy</html>"), ModelAnswer, "no chat completion"),
        (garbage(b'{"choices": null}'), ModelAnswer, "no chat completion"),
        (garbage(b"[]"), ModelAnswer, "no chat completion"),
        (Reply(None), ModelAnswer, "empty"),
        (Reply("x" * 10_000_000), ModelAnswer, "too large"),
        (Reply(GOOD, headers={"content-encoding": "gzip"}), ModelAnswer, "too large"),
        (status(400), ModelAnswer, "400"),
        (status(401), ModelUnavailable, "COPYDESK_MODEL_KEY"),
        (status(404), ModelUnavailable, "COPYDESK_MODEL_NAME"),
        (status(500), ModelUnavailable, "500"),
    ],
)
def test_what_another_try_cannot_mend_fails_at_once(reply: Reply, kind: type[ModelError], says: str) -> None:
    error, calls = failure([reply])
    assert type(error) is kind and says in str(error)
    assert calls == 1


@pytest.mark.parametrize(
    ("reply", "says", "fault"),
    [
        (garbage(), "no JSON", "no_json"),
        (Reply("[1]"), "no JSON object", "no_json"),
        (Reply({"other": 1}), "schema", "schema"),
    ],
)
def test_a_server_that_ignores_the_schema_is_told_what_was_wrong_and_asked_once_more(
    reply: Reply, says: str, fault: str
) -> None:
    with ScriptedEndpoint([reply, Reply(GOOD)]) as server:
        answer = ask(server)
    assert answer.content == GOOD and answer.met == (fault,)
    told = server.requests[1].body["messages"][-1]["content"]
    assert says in told and json.dumps(SCHEMA) in told
    error, calls = failure([reply])
    assert isinstance(error, ModelAnswer) and error.fault == fault and calls == 2


def test_a_server_that_fails_and_fails_is_left_alone_and_tried_again_after_a_while() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(5):
        breaker.check()
        breaker.failed()
    with pytest.raises(ModelUnavailable, match="5 times in a row") as caught:
        breaker.check()
    assert caught.value.fault == "open"
    now[0] = 5.1
    breaker.check()
    with pytest.raises(ModelUnavailable):
        breaker.check()
    breaker.failed()
    now[0] = 10.0
    with pytest.raises(ModelUnavailable):
        breaker.check()
    now[0] = 15.2
    breaker.check()
    breaker.answered()
    breaker.check()
    breaker.check()


def test_the_places_follow_what_the_server_bears() -> None:
    places = Places(32)
    for _ in range(8):
        places.overloaded()
    assert places.limit < 3
    for _ in range(2000):
        places.went_well()
    assert places.limit == 32


def test_a_busy_server_is_asked_for_less_at_once_and_the_faults_are_told() -> None:
    async def many(server: ScriptedEndpoint) -> list[Answer]:
        model = Structured(Endpoint(server.url, "tiny", concurrency=8))
        asks = [model.ask([{"role": "user", "content": str(i)}], SCHEMA, deadline_s=20) for i in range(24)]
        try:
            return await asyncio.gather(*asks)
        finally:
            await model.aclose()

    with ScriptedEndpoint([*[status(429, "0.01")] * 6, Reply(GOOD)]) as server:
        answers = asyncio.run(many(server))
    assert sum(len(answer.met) for answer in answers) == 6
    assert {fault for answer in answers for fault in answer.met} == {"busy"}


def test_the_same_seed_goes_over_the_wire_and_comes_back() -> None:
    with ScriptedEndpoint([Reply(GOOD)]) as server:
        assert ask(server, seed=7).seed == 7
        drawn = ask(server).seed
    assert [request.body["seed"] for request in server.requests] == [7, drawn]


@pytest.mark.parametrize("fault", [status(429, "0.01"), status(503), status(502), reset()])
def test_a_passing_fault_is_tried_again(fault: Reply) -> None:
    with ScriptedEndpoint([fault, fault, Reply(GOOD)]) as server:
        assert ask(server).content == GOOD
    assert len(server.requests) == 3


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    error, calls = failure([status(429, "3600"), Reply(GOOD)])
    assert isinstance(error, ModelUnavailable) and "429" in str(error) and calls == 1


def test_retries_end_with_the_deadline() -> None:
    error, calls = failure([status(503)], deadline_s=0.6)
    assert isinstance(error, ModelUnavailable) and calls >= 1


def test_the_deadline_holds_while_the_server_hangs() -> None:
    error, calls = failure([hang()], deadline_s=0.2)
    assert isinstance(error, ModelUnavailable) and "0.2 s" in str(error) and calls == 1


def test_nobody_listens() -> None:
    with ScriptedEndpoint() as server:
        pass
    with pytest.raises(ModelUnavailable, match=r"cannot be reached|within"):
        ask(server, deadline_s=0.3)


def test_a_leaked_thought_is_taken_off() -> None:
    with ScriptedEndpoint([think(GOOD, 'perhaps {"word": 1}')]) as server:
        assert ask(server).content == GOOD


def test_a_looser_schema_may_judge_the_answer() -> None:
    with ScriptedEndpoint([Reply({"other": 1})]) as server:
        assert ask(server, accept={"type": "object"}).content == {"other": 1}


def test_the_key_is_shown_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = Reply(status=401, raw=json.dumps({"error": {"message": f"bad key {KEY}"}}).encode())
    error, _ = failure([echo])
    endpoint = Endpoint("http://127.0.0.1:1/v1", "tiny", SecretStr(KEY))
    shown = [repr(endpoint), str(endpoint), str(error), repr(error), repr(error.__cause__), repr(Structured(endpoint))]
    records = [record.getMessage() for record in caplog.records]
    assert records and not [line for line in shown + records if KEY in line]


def test_calls_at_once_are_limited_to_the_endpoints_places() -> None:
    async def many(server: ScriptedEndpoint) -> None:
        model = Structured(Endpoint(server.url, "tiny", concurrency=4))
        asks = [model.ask([{"role": "user", "content": str(i)}], SCHEMA, deadline_s=20) for i in range(12)]
        calls = asyncio.gather(*asks)
        await asyncio.to_thread(server.wait_for, 4)
        server.release()
        await calls
        await model.aclose()

    with ScriptedEndpoint([Reply(GOOD, hold=True)]) as server:
        asyncio.run(many(server))
    assert server.at_once == 4 and len(server.requests) == 12


def test_one_model_serves_one_loop_after_another() -> None:
    with ScriptedEndpoint([Reply(GOOD)]) as server:
        model = Structured(Endpoint(server.url, "tiny"))
        for _ in range(2):
            asked = model.ask([{"role": "user", "content": "a word"}], SCHEMA, deadline_s=10)
            assert asyncio.run(asked).content == GOOD


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_ORG_ID": "org-x",
        "OPENAI_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "OPENAI_API_KEY": "other",
    }.items():
        monkeypatch.setenv(name, value)
    with ScriptedEndpoint([Reply(GOOD)]) as server:
        assert ask(server).content == GOOD
    assert "openai-organization" not in server.requests[0].headers
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_control_characters_and_fences_are_borne() -> None:
    assert parse('{"word": "a\tb\nc"}') == {"word": "a\tb\nc"}
    assert parse('```json\n{"word": "a"}\n```') == {"word": "a"}


def test_a_certificate_that_nobody_signed_is_told_as_such_and_not_tried_again(tmp_path: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")

    async def once() -> None:
        seen: list[int] = []
        server = await asyncio.start_server(lambda *_: seen.append(1), "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        model = Structured(Endpoint(f"https://127.0.0.1:{port}/v1", "tiny"))
        try:
            with pytest.raises(ModelUnavailable, match="certificate that is not trusted") as caught:
                await model.ask([{"role": "user", "content": "a word"}], SCHEMA, deadline_s=10)
            assert caught.value.met == ()
        finally:
            await model.aclose()
            server.close()

    asyncio.run(once())
