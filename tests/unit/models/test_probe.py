"""The probe over real HTTP: whatever stands at the address, it says what, where, and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.models.endpoint import Endpoint
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply, drip, garbage, hang, reset, status, think, torn
from assistant.models.scripted_words import answer
from tests.unit.models.probing import ODD, probed, vllm
from tests.unit.models.servers import completion, refusal, serving, told


def test_a_server_that_does_all_is_told_as_such_with_settings_that_fit() -> None:
    with serving(vllm()) as url:
        found = probed(f"{url}/v1", "qwen3-8b", prompt=2200)
        advice = found.recommended(Endpoint(f"{url}/v1", "qwen3-8b"))
    assert found.usable and not found.why and found.context == 8192 and found.room.startswith("enough")
    assert (found.schema, found.thinking) == ("enforced", "off")
    assert found.finish_reason == "told (length, 3 of 3)" and found.cached.startswith("told: ")
    assert found.tokenizer == "exact (/tokenize)" and set(found.speed) == {1, 8, 32} and not found.failed
    assert advice["model_name"] == "qwen3-8b" and {"model_concurrency", "model_timeout"} <= set(advice)


def test_for_a_model_that_is_not_served_nothing_is_recommended_and_the_nearest_is_named_first() -> None:
    def unknown(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return refusal(f"The model `{body['model']}` does not exist.", 404)

    with serving(vllm(completions=unknown)) as url:
        found = probed(f"{url}/v1", "Qwen-8B")
        assert found.reachable and not found.usable and found.recommended(Endpoint(f"{url}/v1", "Qwen-8B")) == {}
    assert found.why == "it serves no model Qwen-8B" and found.mend.endswith(": qwen3-8b, bge-m3.")
    assert found.schema == found.finish_reason == found.cached == "not looked at" and not found.speed


def test_a_server_that_answers_to_any_name_is_used_and_its_list_told() -> None:
    with serving(vllm()) as url:
        found = probed(f"{url}/v1", "alias")
    assert found.usable and "lists no model alias" in found.why and found.schema == "enforced"


@pytest.mark.parametrize("ends", [["length", "stop", "stop"], ["stop", "stop", "length"]])
def test_a_reason_that_is_told_now_and_then_is_not_told(ends: list[str]) -> None:
    left = list(ends)

    def say(_method: str, _path: str, body: dict[str, Any]) -> Any:
        counting = body["messages"][0]["content"].startswith("Count")
        return told(completion(ODD, reason=left.pop(0) if counting else "stop", spent=body["max_tokens"]))

    with serving(vllm(completions=say)) as url:
        assert probed(f"{url}/v1", "qwen3-8b").finish_reason.startswith("not told (1 of 3)")


def test_answers_that_end_by_themselves_say_nothing_about_the_reason() -> None:
    def terse(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return told(completion("1", reason="stop", spent=2))

    with serving(vllm(completions=terse)) as url:
        assert probed(f"{url}/v1", "qwen3-8b").finish_reason.startswith("not seen")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Grammar error: Unimplemented keys: ['uniqueItems']", "does not take the JSON Schema"),
        ("The prompt is longer than the model's context length of 512 tokens", "the prompt is too long"),
        ("Extra inputs are not permitted", "does not know a field"),
        ("Nope.", "HTTP 400"),
    ],
)
def test_a_server_that_refuses_schemas_is_of_no_use_and_says_why(message: str, says: str) -> None:
    def picky(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return refusal(message) if "response_format" in body else told(completion("Hello."))

    with serving(vllm(completions=picky)) as url:
        found = probed(f"{url}/v1", "qwen3-8b")
    assert not found.usable and "refuses calls with a JSON Schema" in found.why and says in found.why
    assert found.mend and message not in found.why + found.mend


def test_a_server_that_refuses_the_switch_for_thinking_is_told_as_such() -> None:
    def strict(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return refusal("Unrecognized request argument") if "chat_template_kwargs" in body else told(completion("Hi."))

    with serving(vllm(completions=strict)) as url:
        found = probed(f"{url}/v1", "qwen3-8b")
    assert not found.usable and "chat_template_kwargs" in found.why and "proxy" in found.mend


def test_a_tokenizer_that_is_another_models_is_found_out() -> None:
    def other(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return told({"count": len(body["prompt"]) // 2})

    with serving(vllm(tokenize=other)) as url:
        found = probed(f"{url}/v1", "qwen3-8b")
    assert found.usable and found.tokenizer.startswith("does not match: /tokenize counts")


@pytest.mark.parametrize(("prompt", "longest"), [(2200, 0), (7000, 1152), (8000, None)])
def test_a_context_that_is_too_small_for_the_desks_prompts_is_told(prompt: int, longest: int | None) -> None:
    with serving(vllm()) as url:
        found = probed(f"{url}/v1", "qwen3-8b", prompt=prompt)
        advice = found.recommended(Endpoint(f"{url}/v1", "qwen3-8b"))
    if longest is None:
        assert not found.usable and "too small" in found.why and "--max-model-len" in found.mend and not advice
    else:
        assert found.usable and advice.get("model_max_tokens", 0) == longest


@pytest.mark.parametrize(
    ("reply", "says", "mend"),
    [
        (reset(), "broke off", "log"),
        (torn({"a": "b" * 400}), "broke off", "log"),
        (hang(), "within 0.4 s", "COPYDESK_MODEL_TIMEOUT"),
        (drip({"a": 1}, 0.01), "within 0.4 s", "COPYDESK_MODEL_TIMEOUT"),
        (status(401), "HTTP 401", "COPYDESK_MODEL_KEY"),
        (status(403), "HTTP 403", "COPYDESK_MODEL_KEY"),
        (status(404), "HTTP 404", "COPYDESK_MODEL_URL"),
        (status(429, "3600"), "HTTP 429", "COPYDESK_MODEL_CONCURRENCY"),
        (status(500), "HTTP 500", "log"),
        (status(503), "HTTP 503", "log"),
        (garbage(b"<html>busy</html>"), "no JSON", "COPYDESK_MODEL_URL"),
        (garbage(b'{"choices": null}'), "no chat completion", "COPYDESK_MODEL_URL"),
        (garbage(b"[]"), "no chat completion", "COPYDESK_MODEL_URL"),
        (garbage(b'{"choices":[{"message":{"content":"\xff\xfe"}}]}'), "no JSON", "COPYDESK_MODEL_URL"),
        (garbage(b"[" * 100_000), "no JSON", "COPYDESK_MODEL_URL"),
        (Reply("x" * 10_000_000), "too large", ""),
        (Reply({"a": 1}, headers={"content-encoding": "gzip"}), "too large", ""),
    ],
)
def test_a_server_whose_every_answer_is_a_fault_is_of_no_use(reply: Reply, says: str, mend: str) -> None:
    with ScriptedEndpoint([reply]) as server:
        found = probed(server.url, timeout_s=0.4 if "within" in says else 20.0)
        server.release()
        assert found.reachable and not found.usable and found.models == ["scripted"]
        assert says in found.why and mend in found.mend
        assert found.recommended(Endpoint(server.url, "scripted")) == {}
        # Once it is known to be of no use, it is not asked again and again.
        assert len(server.requests) == 1


def test_thoughts_that_cannot_be_turned_off_and_words_for_json_are_told() -> None:
    with ScriptedEndpoint([think({"stone": "quartz-41", "count": 7})]) as server:
        assert probed(server.url).thinking == "cannot be turned off (3 of 3 answers thought)"
    with ScriptedEndpoint([Reply(None)]) as server:
        assert probed(server.url).schema.startswith("not enforced (0 of 3)")
    with ScriptedEndpoint(answer) as server:
        assert probed(server.url).tokenizer.startswith("none")


def test_a_server_that_dies_while_it_is_looked_at_is_told_as_gone() -> None:
    with ScriptedEndpoint([Reply("Hello."), reset()]) as server:
        found = probed(server.url)
    assert found.reachable and not found.usable and "and then no more" in found.why and not found.speed


def test_a_number_of_calls_that_the_server_does_not_bear_is_not_recommended() -> None:
    def crowded(body: Mapping[str, Any]) -> Reply:
        return status(429) if server.at_once > 2 else Reply("Hello to you.", delay_s=0.02)

    with ScriptedEndpoint(crowded) as server:
        found = probed(server.url)
        advice = found.recommended(Endpoint(server.url, "scripted"))
    assert found.usable and "of 8 calls failed" in found.failed[8] and "429" in found.failed[8]
    assert 32 not in found.speed and advice["model_concurrency"] == 1


def test_without_usage_no_speed_is_made_up() -> None:
    def say(_method: str, _path: str, body: dict[str, Any]) -> Any:
        return told({"choices": completion("Hello.")["choices"], "usage": []})

    with serving(vllm(completions=say)) as url:
        found = probed(f"{url}/v1", "qwen3-8b")
        advice = found.recommended(Endpoint(f"{url}/v1", "qwen3-8b"))
    assert found.usable and not found.speed and found.cached == "not told" and set(advice) == {"model_name"}
