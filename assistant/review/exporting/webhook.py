"""What another system is told of an export: its id, counts, digest and a link, signed; no customer's datum."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.domain.export import Export
from assistant.errors import SettingsError

STAMP, SIGNED = "X-Copydesk-Timestamp", "X-Copydesk-Signature"
_WAIT_S = 10.0
_TRIES = 4
_AGAIN = (408, 425, 429)
_LOCAL = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of telling. `said` is a status or an error's name."""

    delivered: bool
    tries: int
    said: str


@dataclass(frozen=True)
class Webhook:
    """Posts to one address. `pause` waits so many seconds between two tries, twice as long each time."""

    url: str
    secret: str
    link: str = ""
    pause: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        """Raise SettingsError for an address that would tell the open network, or a secret that is none."""
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise SettingsError(f"webhook_url {self.url} is not https.", "Name an https address, or this machine.")
        if len(self.secret) < 16:
            raise SettingsError("webhook_secret is shorter than 16 characters.", "Make a longer one.")

    def tell(self, export: Export, now: dt.datetime) -> Answer:
        """Tell of an export that is done; a passing fault is tried again, a refusal is not."""
        import httpx2

        from assistant.models.endpoint import trusted

        body = json.dumps(self.told(export), ensure_ascii=False, sort_keys=True).encode()
        said, tries = "", 0
        with httpx2.Client(trust_env=False, timeout=_WAIT_S, follow_redirects=False, verify=trusted()) as wire:
            for tries in range(1, _TRIES + 1):
                stamp = str(int(now.timestamp()))
                headers = {"Content-Type": "application/json", STAMP: stamp, SIGNED: signed(self.secret, stamp, body)}
                try:
                    status = wire.post(self.url, content=body, headers=headers).status_code
                except httpx2.HTTPError as error:
                    said = type(error).__name__
                else:
                    said = str(status)
                    if status < 300:
                        return Answer(True, tries, said)
                    if status < 500 and status not in _AGAIN:
                        break
                if tries < _TRIES:
                    self.pause(2.0 ** (tries - 1))
        return Answer(False, tries, said)

    def told(self, export: Export) -> dict[str, object]:
        """All that is sent."""
        counts = export.counts
        rows = {"rows": counts.rows, "refused": counts.refused, "held": counts.held}
        link = f"{self.link.rstrip('/')}/api/v1/exports/{export.id}/file"
        return {"event": "export.done", "id": export.id, **rows, "sha256": export.digest, "link": link}


def signed(secret: str, stamp: str, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256 of the timestamp, a full stop and the body. The receiver refuses old timestamps."""
    plain = stamp.encode() + b"." + body
    return f"v1={hmac.new(secret.encode(), plain, hashlib.sha256).hexdigest()}"
