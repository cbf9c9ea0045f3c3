"""Where the model lives, and the LangChain chat model that speaks to it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.models import address

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

LOCAL = "local:"
MAX_BODY = 4 * 1024 * 1024
"""Bytes of an answer's body; a message is a few kilobytes, more is a fault or an attack."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: `url` ends in `/v1`, `name` is the served model's.

    `timeout_s`: seconds that one attempt may take. `max_tokens`: the longest answer. `concurrency`:
    calls that may be under way at once. `seeded`: whether a request names its seed, so that it can be made again
    (vLLM's build for the CPU dies of it). A `url` of `local:FOLDER` is a model in this process. The key is in no repr.
    Raises SettingsError for a URL that is no address, or a key that no header can carry.
    """

    url: str
    name: str
    key: SecretStr = field(default=SecretStr(""), repr=False)
    timeout_s: float = 60.0
    max_tokens: int = 2048
    concurrency: int = 32
    temperature: float = 0.7
    seeded: bool = True

    def __post_init__(self) -> None:
        if self.local is None:
            address.checked("COPYDESK_MODEL", self.url, self.key.get_secret_value())

    @property
    def shown(self) -> str:
        """The URL as it may be printed."""
        return address.shown(self.url)

    @property
    def local(self) -> Path | None:
        """The folder of a model that runs in this process; None for a server."""
        return Path(self.url.removeprefix(LOCAL)) if self.url.startswith(LOCAL) else None

    @property
    def sampling(self) -> dict[str, float]:
        """What a request sets beside its seed."""
        return {"temperature": self.temperature, "max_tokens": self.max_tokens}


def _local(endpoint: Endpoint) -> BaseChatModel:
    try:
        from assistant.models.local import LocalChat
    except ImportError as error:
        what = f"A model in this process needs packages that are not installed ({error.name})."
        raise SettingsError(what, "pip install 'copydesk[local]'.") from error
    assert endpoint.local is not None
    model = LocalChat(
        folder=endpoint.local, name=endpoint.name, max_tokens=endpoint.max_tokens, temperature=endpoint.temperature
    )
    # Loaded here: what loading takes is nobody's deadline, and a folder without a model is told at once.
    assert model.engine
    return model


def trusted() -> ssl.SSLContext:
    """The machine's certificate authorities, and those that SSL_CERT_FILE names: a bank's server has its own."""
    return ssl.create_default_context()


def chat_model(endpoint: Endpoint) -> BaseChatModel:
    """A chat model for the event loop that runs: its connections belong to the loop that first used them.

    It tries once (who asks knows the deadline and retries), takes no proxy, no key and no organisation
    from the environment, and refuses a body over MAX_BODY bytes.
    """
    if endpoint.local is not None:
        return _local(endpoint)
    import httpx2

    from assistant.models.bounded import BoundedTransport
    from assistant.models.direct import DirectChat

    limits = httpx2.Limits(
        max_connections=endpoint.concurrency, max_keepalive_connections=endpoint.concurrency, keepalive_expiry=30
    )
    wire = httpx2.AsyncClient(
        transport=BoundedTransport(MAX_BODY, limits=limits, trust_env=False, verify=trusted()),
        timeout=endpoint.timeout_s,
        trust_env=False,
        follow_redirects=False,
    )
    model = DirectChat(
        model=endpoint.name,
        base_url=endpoint.url,
        api_key=endpoint.key if endpoint.key.get_secret_value() else SecretStr("none"),
        timeout=endpoint.timeout_s,
        max_retries=0,
        # Here and not as a field of its own, which renames it: old servers know `max_tokens` only. Thinking is
        # off, since nothing before </think> is held to a schema.
        extra_body={"max_tokens": endpoint.max_tokens, "chat_template_kwargs": {"enable_thinking": False}},
        temperature=endpoint.temperature,
        use_responses_api=False,
        openai_proxy="",
        http_async_client=wire,
        http_client=httpx2.Client(trust_env=False, timeout=endpoint.timeout_s, verify=trusted()),
        cache=False,
    )
    # Both are read from the environment by the openai client; a private server is told neither.
    for client in (model.root_async_client, model.root_client):
        client.organization = client.project = None
    return model
