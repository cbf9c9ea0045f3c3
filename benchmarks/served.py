"""A desk that is served by a process of its own, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

WAIT_S = 300


@contextmanager
def served(home: Path, **settings: str) -> Iterator[tuple[str, int]]:
    """Its address and its process; `settings` as the environment names them. SystemExit where it does not start: why
    stands in `serve.log` of its folder."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "COPYDESK_HOME": str(home), **settings}
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    log = (home / "serve.log").open("w")
    with log, subprocess.Popen(command, env=environment, stderr=log, stdout=log) as process:
        try:
            if not _answers(base, process):
                raise SystemExit(f"The desk did not start; see {log.name}.")
            yield base, process.pid
        finally:
            process.terminate()


def _answers(base: str, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"{base}/healthz", timeout=5).status_code == 200:
                return True
        except httpx2.TransportError:
            time.sleep(0.2)
    return False
