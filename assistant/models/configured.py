"""Where the model is, by the settings."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.models.endpoint import LOCAL, Endpoint
from assistant.settings import Settings


def endpoint_of(settings: Settings) -> Endpoint | None:
    """The endpoint that the settings name; None where none is. SettingsError where a server's model has no name."""
    if settings.model_url is None:
        return None
    url, name = settings.model_url, settings.model_name
    if name is None and url.startswith(LOCAL):
        name = Path(url.removeprefix(LOCAL)).name
    if name is None:
        raise SettingsError("COPYDESK_MODEL_URL is set without COPYDESK_MODEL_NAME.", "Name the model that it serves.")
    return Endpoint(
        url,
        name,
        SecretStr(settings.model_key or ""),
        timeout_s=settings.model_timeout,
        # A model in this process writes one text at a time: more calls would wait within their deadlines.
        concurrency=1 if url.startswith(LOCAL) else settings.model_concurrency,
        max_tokens=settings.model_max_tokens,
        seeded=settings.model_seed,
    )
