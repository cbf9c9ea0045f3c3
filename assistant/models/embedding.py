"""Embeddings of an OpenAI-compatible endpoint, such as bge-m3 or Qwen3-Embedding on vLLM."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import ModelUnavailable
from assistant.models import address

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings


class EndpointEmbedder:
    """Embeds texts over `/v1/embeddings`. The dimension is learned from the first answer.

    Raises SettingsError for a URL that is no address, or a key that no header can carry.
    """

    def __init__(self, url: str, name: str, key: str | None, timeout_s: float = 30.0) -> None:
        address.checked("COPYDESK_EMBEDDING", url, key or "")
        self.name = name
        self._url, self._key, self._timeout_s = url, key, timeout_s

    @cached_property
    def _client(self) -> OpenAIEmbeddings:
        import httpx2
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        from assistant.models.endpoint import trusted

        # The length check would fetch a tokenizer from the network; the server checks lengths itself.
        return OpenAIEmbeddings(
            model=self.name,
            openai_api_base=self._url,
            openai_api_key=SecretStr(self._key or "none"),
            check_embedding_ctx_length=False,
            request_timeout=self._timeout_s,
            max_retries=1,
            # As for the chat model: what the environment says of proxies is not meant for a private server.
            http_client=httpx2.Client(trust_env=False, timeout=self._timeout_s, verify=trusted()),
        )

    @cached_property
    def dimension(self) -> int:
        """Numbers in one vector; ModelUnavailable where the endpoint does not answer."""
        return len(self.embed(["dimension"])[0])

    def embed(self, texts: list[str]) -> list[list[float]]:
        """n texts → n vectors. Raises ModelUnavailable."""
        from openai import OpenAIError

        try:
            return self._client.embed_documents(texts)
        except (OpenAIError, OSError, ValueError) as error:
            from assistant.models.faults import mapped

            # Mapped, never quoted: a server's own words may repeat the key.
            why = mapped(error).what.removesuffix(".")
            mend = "Check COPYDESK_EMBEDDING_URL, COPYDESK_EMBEDDING_NAME and COPYDESK_EMBEDDING_KEY."
            what = f"The embedding model {self.name} at {address.shown(self._url)} did not answer: {why}."
            raise ModelUnavailable(what, mend) from None
