"""Another system is told of an export over real HTTP: signed, tried again, without a customer's datum."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import MAKER, NOW, order

from assistant.bootstrap.desk import Desk
from assistant.errors import SettingsError
from assistant.review.exporting.webhook import SIGNED, STAMP, Webhook
from assistant.store.audit import AuditStore

SECRET = "a secret of some length"


class Receiver:
    """A server that answers with the statuses given, and keeps what it was sent."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.statuses.pop(0) if outer.statuses else 204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


def told(desk: Desk, receiver: Receiver, pauses: list[float], **more: Any) -> Any:
    hook = Webhook(receiver.url, SECRET, "https://desk.example", pauses.append)
    return replace(desk.outgoing.exports, webhook=hook).make(order(**more), MAKER, NOW)


def test_an_export_is_told_with_a_signature_that_the_receiver_can_check(
    released: Desk, receiver: Receiver, town: Callable[..., Path]
) -> None:
    done = told(released, receiver, [], customers=str(town({}, {})), per_customer=True)
    ((headers, body),) = receiver.got
    signature = hmac.new(SECRET.encode(), headers[STAMP].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers[SIGNED] == f"v1={signature}"
    said = json.loads(body)
    assert said == {
        "event": "export.done",
        "id": done.id,
        "rows": 2,
        "refused": 0,
        "held": 0,
        "sha256": done.digest,
        "link": f"https://desk.example/api/v1/exports/{done.id}/file",
    }


def test_a_passing_fault_is_tried_again_with_longer_pauses(released: Desk, receiver: Receiver) -> None:
    receiver.statuses, pauses = [500, 429, 503], list[float]()
    done = told(released, receiver, pauses)
    assert pauses == [1.0, 2.0, 4.0] and len(receiver.got) == 4
    row = list(AuditStore(released.database).rows(subject=f"export:{done.id}"))[-1]
    assert (row.act, row.body) == ("webhook", {"delivered": True, "tries": 4, "said": "204"})


def test_a_refusal_is_not_tried_again_and_the_export_stands(released: Desk, receiver: Receiver) -> None:
    receiver.statuses = [410]
    done = told(released, receiver, [])
    assert done.stand == "done" and Path(done.file).exists() and len(receiver.got) == 1
    row = list(AuditStore(released.database).rows(subject=f"export:{done.id}"))[-1]
    assert row.body == {"delivered": False, "tries": 1, "said": "410"}


def test_nobody_who_listens_is_told_in_the_audit(released: Desk, receiver: Receiver) -> None:
    receiver.server.shutdown()
    receiver.server.server_close()
    done = told(released, receiver, [])
    row = list(AuditStore(released.database).rows(subject=f"export:{done.id}"))[-1]
    assert row.body == {"delivered": False, "tries": 4, "said": "ConnectError"}


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [("http://example.com/hook", SECRET, "not https"), ("ftp://example.com", SECRET, "not https"),
     ("https://example.com", "short", "shorter than 16")],
)  # fmt: skip
def test_a_webhook_that_would_leak_is_refused(url: str, secret: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Webhook(url, secret)
