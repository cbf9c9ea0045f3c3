"""A probe of an address where nothing stands, or something else: it says so, and what would be right."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.models.endpoint import Endpoint
from assistant.models.probe import looked
from tests.unit.models.probing import KEY, probed, vllm
from tests.unit.models.servers import certificate, closed, refusal, serving, speaking


@pytest.mark.parametrize(
    ("models", "says", "mend"),
    [
        ((404, {}, b"Not Found"), "HTTP 404", "COPYDESK_MODEL_URL"),
        ((200, {}, b"<html>Log in</html>"), "no JSON", "COPYDESK_MODEL_URL"),
        ((200, {}, b'{"hello": "world"}'), "no list of models", "/v1"),
        ((200, {}, b"null"), "no list of models", "/v1"),
        ((302, {"location": "https://login.example/"}, b""), "HTTP 302", "follows no redirect"),
        (refusal(f"wrong key {KEY}", 401), "HTTP 401", "COPYDESK_MODEL_KEY"),
    ],
)
def test_a_server_that_is_not_openai_like_is_told_by_what_it_answers(models: Any, says: str, mend: str) -> None:
    with serving(lambda *_: models) as url:
        found = probed(f"{url}/v1")
    assert not found.reachable and says in found.why and mend in found.mend
    assert KEY not in str(found)


@pytest.mark.parametrize("ending", ["", "/", "/v1/chat/completions", "/v1/models"])
def test_an_address_that_is_nearly_right_is_put_right(ending: str) -> None:
    def only_v1(method: str, path: str, body: dict[str, Any]) -> Any:
        return vllm()(method, path, body) if path in ("/v1/models", "/v1/chat/completions") else refusal("no", 404)

    with serving(only_v1) as url:
        found = probed(url + ending)
        assert not found.usable and f"{url}/v1: set COPYDESK_MODEL_URL" in found.mend
        assert probed(f"{url}/v1/", "qwen3-8b").usable


def test_nobody_listens_is_told() -> None:
    found = probed(f"{closed()}/v1")
    assert not found.reachable and "nobody listens" in found.why and "COPYDESK_MODEL_URL" in found.mend


def test_a_host_that_nobody_knows_is_told() -> None:
    found = probed("http://desk.invalid/v1")
    assert not found.reachable and "host's name" in found.why


def test_a_server_that_speaks_no_http_is_told() -> None:
    with speaking(b"SSH-2.0-OpenSSH_9.2\r\n") as url:
        found = probed(f"{url}/v1")
    assert not found.reachable and "speaks no HTTP" in found.why


def test_a_certificate_that_signed_itself_is_told_and_mended_by_trusting_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, made = certificate(tmp_path)
    with serving(vllm(), context) as url:
        found = probed(f"{url}/v1")
        assert not found.reachable and "is not trusted" in found.why and "SSL_CERT_FILE" in found.mend
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        assert probed(f"{url}/v1", "qwen3-8b").usable


def test_a_certificate_of_another_host_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, made = certificate(tmp_path, "DNS:elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with serving(vllm(), context) as url:
        found = probed(f"{url}/v1")
    assert "made out to another host" in found.why and "COPYDESK_MODEL_URL" in found.mend


def test_https_where_there_is_no_tls_and_http_where_there_is(tmp_path: Path) -> None:
    with serving(vllm()) as url:
        found = probed(f"{url.replace('http:', 'https:')}/v1")
    assert "speaks no TLS" in found.why and "http://" in found.mend
    context, _ = certificate(tmp_path)
    with serving(vllm(), context) as url:
        found = probed(f"{url.replace('https:', 'http:')}/v1")
    assert not found.reachable and "https://" in found.mend


def test_what_lists_no_models_may_answer_all_the_same() -> None:
    with serving(vllm(models=lambda *_: refusal("Not Found", 404))) as url:
        found = probed(f"{url}/v1", "qwen3-8b")
    assert found.usable and found.why == "it lists no models" and found.models == []


def test_a_look_lists_models_or_says_what_is_wrong() -> None:
    with serving(vllm()) as url:
        assert asyncio.run(looked(Endpoint(f"{url}/v1", "x"))) == ["qwen3-8b", "bge-m3"]
    with pytest.raises(ModelError, match="nobody listens"):
        asyncio.run(looked(Endpoint(f"{closed()}/v1", "x")))
