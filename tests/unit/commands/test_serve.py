"""What listens: a port whose peers no header can change, and a private socket whose word about its users is taken."""

from __future__ import annotations

import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.commands.serve_command import listening, server
from assistant.errors import FileError
from tests.unit.api.staff import hire

ME = "/api/v1/me"


@contextmanager
def running(app: FastAPI, desk: Desk, own: socket.socket) -> Iterator[None]:
    """Serve as `copydesk serve` does, on a socket that listens already."""
    one = server(app, desk.settings)
    thread = threading.Thread(target=one.run, kwargs={"sockets": [own]})
    thread.start()
    try:
        while not one.started:
            time.sleep(0.01)  # between two looks; uvicorn tells nobody that it has begun
        yield
    finally:
        one.should_exit = True
        thread.join()


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    hire(desk, "rita", "rm")
    desk.settings = desk.settings.over(trusted_header="X-User", trusted_peers="unix, 10.0.0.5")
    return api(desk)


def test_the_socket_s_peer_is_believed_and_only_its_group_can_use_it(app: FastAPI, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "desk.sock"
    with listening(path) as own, running(app, desk, own):
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), base_url="http://desk") as client:
            assert client.get(ME, headers={"x-user": "rita"}).json()["login"] == "rita"
            assert client.get(ME).status_code == 401
    with listening(path):
        pass  # what an earlier desk left behind is in nobody's way


def test_a_forwarding_header_makes_nobody_a_trusted_peer(app: FastAPI, desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as own:
        base = f"http://127.0.0.1:{own.getsockname()[1]}"
        with running(app, desk, own):
            for forged in ({}, {"x-forwarded-for": "10.0.0.5"}, {"forwarded": "for=10.0.0.5"}):
                assert httpx.get(base + ME, headers={"x-user": "rita", **forged}).status_code == 403


def test_a_socket_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be made"):
        listening(tmp_path / "nowhere" / "desk.sock")
