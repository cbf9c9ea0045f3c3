"""Addresses and keys: a wrong one is told before anything is asked, a secret in one is never shown."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from assistant.errors import ModelUnavailable, SettingsError
from assistant.models.address import shown
from assistant.models.embedding import EndpointEmbedder
from assistant.models.endpoint import Endpoint
from tests.unit.models.servers import closed, refusal, serving


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000/v1",
        "127.0.0.1/v1",
        "htp://127.0.0.1:8000/v1",
        "http:/127.0.0.1:8000/v1",
        "http://",
        "http://:8000/v1",
        "http://host:eight/v1",
        "http://host:99999/v1",
        "http://[::1/v1",
        "http://host:8000/v1 ",
        "http://host:8000/v1\n",
        "unix:///run/vllm.sock",
    ],
)
def test_what_is_no_address_is_told_with_what_one_looks_like(url: str) -> None:
    with pytest.raises(SettingsError, match=r"COPYDESK_MODEL_URL is no address.*http://HOST:PORT/v1"):
        Endpoint(url, "tiny")
    with pytest.raises(SettingsError, match="COPYDESK_EMBEDDING_URL"):
        EndpointEmbedder(url, "bge", None)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/v1", "https://modelle.bank.example/v1/", "http://[::1]:80/v1"])
def test_an_address_is_one(url: str) -> None:
    assert Endpoint(url, "tiny").shown == url


@pytest.mark.parametrize("key", ["sk-71\n", " sk-71", "sk-71\r\nx: y", "sk-钥匙", "sk\x007"])
def test_a_key_that_no_header_can_carry_is_told_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="COPYDESK_MODEL_KEY") as caught:
        Endpoint("http://127.0.0.1:1/v1", "tiny", SecretStr(key))
    assert "71" not in str(caught.value) and "钥" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("http://clerk:sk-71@host:8000/v1", "http://…@host:8000/v1"),
        ("https://host/v1?api-key=sk-71", "https://host/v1?…"),
        ("clerk:sk-71@host/v1", "…@host/v1"),
    ],
)
def test_a_secret_in_an_address_is_not_shown(url: str, printed: str) -> None:
    assert shown(url) == printed


def test_an_embedding_server_that_repeats_the_key_is_not_quoted() -> None:
    said = refusal("Incorrect API key provided: sk-71", 401)
    with serving(lambda *_: said) as url, pytest.raises(ModelUnavailable, match="401") as caught:
        EndpointEmbedder(f"{url}/v1", "bge", "sk-71").embed(["a"])
    assert "sk-71" not in f"{caught.value}{caught.value.__cause__}" and "COPYDESK_EMBEDDING_KEY" in caught.value.mend
    with pytest.raises(ModelUnavailable, match="nobody listens"):
        EndpointEmbedder(f"{closed()}/v1", "bge", None).embed(["a"])
